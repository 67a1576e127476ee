package dev.weir.it;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;

/** A Weir that answers. Closing it stops it. */
public final class RunningWeir implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HomeProcess process;
    private final String contextPath;
    private final int port;

    RunningWeir(HomeProcess process, String contextPath, int port) {
        this.process = process;
        this.contextPath = contextPath;
        this.port = port;
    }

    /** A path of the application, such as {@code /proxy/a}, with everything that stands before it. */
    public URI uri(String path) {
        return URI.create("http://" + host() + ":" + port + contextPath + path);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** What stands before the application's paths: empty at the root. */
    public String contextPath() {
        return contextPath;
    }

    public long pid() {
        return process.pid();
    }

    /** What was printed so far, standard output and standard error together. */
    public String log() {
        return process.log();
    }

    /** Descriptors that the process has open now. */
    public int openDescriptors() {
        return process.openDescriptors();
    }

    /** Sends SIGTERM and returns at once. */
    public void terminate() {
        process.terminate();
    }

    /** Waits for the process to end by itself; its exit status, none where it still runs after this time. */
    public OptionalInt awaitExit(Duration bound) {
        process.awaitExit(bound);
        return process.exitCode();
    }

    /** Sends SIGTERM, waits up to 45 s, kills what is left, and returns the exit status (137 when killed). */
    public int stop() {
        terminate();
        if (!process.awaitExit(PATIENCE)) {
            process.kill();
        }
        return process.exitCode().orElseThrow(() -> new AssertionError(process.pid() + " cannot be killed"));
    }

    /** Sends SIGSTOP: it stands still until {@link #goOn}, while the kernel takes in what comes for it. */
    public void halt() {
        process.signal("STOP");
    }

    /** Sends SIGCONT. */
    public void goOn() {
        process.signal("CONT");
    }

    /** Ends it with SIGKILL. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }
}
