package dev.weir.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process of a home, its log and its folder. Whatever still runs when the JVM of the tests ends is killed. */
final class HomeProcess {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path log;
    private final Path base;

    private HomeProcess(Process process, Path log, Path base) {
        this.process = process;
        this.log = log;
        this.base = base;
    }

    static HomeProcess start(Launch launch, Deployment deployment, Path base, Path log) {
        Places.folder(base.resolve("temp"));
        ProcessBuilder builder = new ProcessBuilder(launch.command(deployment, base));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("WEIR_"));
        environment.putAll(deployment.environment());
        File output = log.toFile();
        builder.directory(base.toFile()).redirectErrorStream(true).redirectOutput(output);
        try {
            Process process = builder.start();
            RUNNING.add(process);
            return new HomeProcess(process, log, base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    Path logFile() {
        return log;
    }

    /** What the process has printed so far, on both its streams. */
    String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The exit status, none while it runs. */
    OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Sends a signal by its name, such as {@code STOP}. */
    void signal(String name) {
        try {
            int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid() + " failed with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + name, e);
        }
    }

    /** Waits for the process to end by itself; true if it did. */
    boolean awaitExit(Duration bound) {
        try {
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            RUNNING.remove(process);
            Places.delete(base);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + process.pid() + " was to end", e);
        }
    }

    /** With the number that each waiting accept(2) has reserved, which is no entry yet, where the kernel tells of them. */
    int openDescriptors() {
        Path folder = Path.of("/proc", String.valueOf(process.pid()), "fd");
        try (Stream<Path> entries = Files.list(folder)) {
            return (int) Math.max(Files.size(folder), entries.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
