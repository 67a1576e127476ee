import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sun.tools.attach.HotSpotVirtualMachine;

/** The launcher's process: 1,024 descriptors, 256 MiB of heap, and short timeouts, so that faults come often. */
final class WeirProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://\\S+:(\\d+)");
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final int START_SECONDS = 60;

    private final Process process;
    private final int port;
    private final HotSpotVirtualMachine diagnostics;

    private WeirProcess(Process process, int port) throws IOException, AttachNotSupportedException {
        this.process = process;
        this.port = port;
        diagnostics = (HotSpotVirtualMachine) VirtualMachine.attach(String.valueOf(process.pid()));
    }

    static WeirProcess start(String war, Map<String, Integer> routes, Path log)
            throws IOException, InterruptedException, AttachNotSupportedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -n 1024; exec java \"$@\"", "weir"));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-jar", war, "--port", "0"));
        routes.forEach((prefix, upstream) ->
                command.addAll(List.of("--route", "/" + prefix + "=http://127.0.0.1:" + upstream)));
        for (String setting : Arrays.asList("responseTimeout=2s", "exchangeIdleTimeout=2s", "connectTimeout=2s")) {
            command.addAll(List.of("--set", setting));
        }
        File output = log.toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        for (int tenth = 0; tenth < START_SECONDS * 10 && process.isAlive(); tenth++) {
            Matcher matcher = LISTENING.matcher(Files.readString(log));
            if (matcher.find()) {
                return new WeirProcess(process, Integer.parseInt(matcher.group(1)));
            }
            Thread.sleep(100);
        }
        process.destroyForcibly();
        throw new IllegalStateException("Weir did not start:\n" + Files.readString(log));
    }

    int port() {
        return port;
    }

    Path proc(String entry) {
        return Path.of("/proc", String.valueOf(process.pid()), entry);
    }

    String status() throws IOException {
        try (Wire wire = Wire.to(port)) {
            wire.send("GET /-/status.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            wire.readHead();
            return wire.text();
        }
    }

    double heapAfterCollection() throws IOException {
        command("GC.run");
        Matcher matcher = USED.matcher(command("GC.heap_info"));
        double kib = 0;
        // The young and the old generation; the third is the metaspace's.
        for (int i = 0; i < 2 && matcher.find(); i++) {
            kib += Long.parseLong(matcher.group(1));
        }
        return kib / 1024;
    }

    private String command(String command) throws IOException {
        try (var output = diagnostics.executeJCmd(command)) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Asks it to end, and says with which status it did. */
    int end() throws InterruptedException {
        process.destroy();
        return process.waitFor(40, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
