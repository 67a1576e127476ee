package dev.weir.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher as a process of its own, from classes, for what ends a process. */
final class LaunchedProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path err;
    private final URI uri;
    private final URI status;

    private LaunchedProcess(Process process, BufferedReader out, Path err, URI uri, URI status) {
        this.status = status;
        this.process = process;
        this.out = out;
        this.err = err;
        this.uri = uri;
    }

    /** Starts it on a free port and waits for its line. */
    static LaunchedProcess start(String... options) throws IOException {
        Path err = Files.createTempFile("weir", ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.weir.boot.Weir",
                "--port",
                "0"));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        try {
            return new LaunchedProcess(process, out, err, uri("listening on ", out), uri("status on ", out));
        } catch (AssertionError notStarted) {
            process.destroyForcibly();
            throw new AssertionError(notStarted.getMessage() + "\n" + Files.readString(err), notStarted);
        }
    }

    private static URI uri(String intro, BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null || !line.startsWith(intro)) {
            throw new AssertionError(line + " (expected: " + intro + "URI)");
        }
        return URI.create(line.substring(intro.length()));
    }

    URI uri() {
        return uri;
    }

    /** Where it says that its status page is. */
    URI status() {
        return status;
    }

    /** What follows on standard output until the process ends; nothing of it is read before. */
    List<String> remainingLines() {
        return out.lines().toList();
    }

    /** What stands on standard error by now. */
    String err() throws IOException {
        return Files.readString(err);
    }

    /** Sends SIGTERM, and leaves the streams as they are, which {@link Process#destroy} would close. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for the end, at most 20 s. */
    int exitStatus() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("it runs on");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(err);
    }
}
