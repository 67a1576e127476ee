package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/too-many-open-files/run}: the page's script works, and Weir's rows say what the page says. */
class FoundingStoryIT {
    private static final Pattern ROW = Pattern.compile(
            "(?m)^(naive|weir), \\d+ clients +(\\d+) +\\d+ +(\\d+) +\\d+ +(\\d+) +\\d+ +(\\d+) +\\d+ +(\\S+)$");
    private static final int LIMIT = 256;
    private static final int RESERVE = 64;
    /** The script's own bound is 120 s. */
    private static final long BOUND_SECONDS = 130;

    @Test
    void thePagesScriptShowsWeirServingWhereTheNaiveProxyRunsOut() throws IOException, InterruptedException {
        String told = run();

        List<MatchResult> rows = ROW.matcher(told).results().toList();
        assertThat(rows).as(told).hasSize(3);
        for (MatchResult row : rows) {
            if (row.group(1).equals("naive")) {
                assertThat(number(row, 5)).as("EMFILE: " + told).isPositive();
            } else {
                assertThat(number(row, 2)).as("200: " + told).isPositive();
                assertThat(number(row, 3)).as("5xx but 503: " + told).isZero();
                assertThat(number(row, 4)).as("most open: " + told).isBetween(1, LIMIT - RESERVE);
                assertThat(number(row, 5)).as("EMFILE: " + told).isZero();
                assertThat(row.group(6)).as("fresh: " + told).doesNotContain("not");
            }
        }
        assertThat(told)
                .containsPattern("weir: answered 200 after \\d+ ms")
                .contains("found and ignored: http_proxy, -Dhttp.proxyHost")
                .containsPattern("weir: answered 508 after \\d+ ms")
                .contains("connections through the relay: 1\n");
    }

    private static int number(MatchResult row, int group) {
        return Integer.parseInt(row.group(group));
    }

    private static String run() throws IOException, InterruptedException {
        Path log = Places.log("founding-story");
        ProcessBuilder builder = new ProcessBuilder("docs/too-many-open-files/run", "--quick")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        builder.environment().put("PATH", path);
        builder.environment().put("WEIR_WAR", Places.war().toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroy();
        }
        String told = Files.readString(log);
        assertThat(process.exitValue()).as(told).isZero();
        return told;
    }
}
