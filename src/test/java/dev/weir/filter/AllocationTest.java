package dev.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds what an exchange costs in memory on its way through the filters and back, as {@link CountedExchanges} counts it:
 * by a JVM that stops at its quick compiler, which spares no allocation, so that every run gives the same number.
 */
class AllocationTest {
    /** Measured: 2,712 with JDK 17, in every run. The rest is room for a field or two. */
    private static final long MOST_BYTES = 2_750;

    /** Without thread-local buffers the flight recorder sees every single allocation. */
    private static final String WHERE = """
            It is found by its line and its bytes, of all exchanges together, with
            java -XX:StartFlightRecording:filename=target/a.jfr,jdk.ObjectAllocationSample#throttle=off -XX:-UseTLAB \\
                @target/counted-exchanges.args
            jfr print --stack-depth 20 --events jdk.ObjectAllocationSample target/a.jfr \\
                | awk '/weight =/ {w = $3 * ($4 == "kB" ? 1000 : 1)}
                    /eventThread/ && !/"main"/ {w = 0} w && /dev.weir/ {at[$0] += w; w = 0}
                    END {for (i in at) print at[i], i}' | sort -rn | head -50
            If it is worth it, raise MOST_BYTES.""";

    private static final Path ARGUMENTS = Path.of("target", "counted-exchanges.args");
    private static final Pattern COUNT = Pattern.compile(CountedExchanges.SAYS + "(\\d+)");

    /** Compressed references whatever the machine has, for they make the size of objects. */
    private static void writeArguments() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Files.write(
                ARGUMENTS,
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-Dweir.proxy.proxyTo=http://127.0.0.1:9000",
                        "-cp",
                        '"' + classPath.replace("\\", "\\\\") + '"',
                        CountedExchanges.class.getName()));
    }

    private static String run() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "@" + ARGUMENTS).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("WEIR_"));
        Process process = builder.start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anExchangeAllocatesNoMoreInTheFiltersThanItDid() throws IOException {
        writeArguments();
        String printed = run();
        Matcher count = COUNT.matcher(printed);
        assertThat(count.find()).as("a count in:%n%s", printed).isTrue();
        long bytes = Long.parseLong(count.group(1));
        assertThat(bytes)
                .as(() -> "Bytes that an exchange allocates in the filters; MOST_BYTES allows " + MOST_BYTES + ". "
                        + WHERE)
                .isLessThanOrEqualTo(MOST_BYTES);
    }
}
