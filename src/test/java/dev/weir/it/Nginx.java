package dev.weir.it;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The machine's own nginx as a plain reverse proxy, one process in the foreground, in a folder of its own. */
final class Nginx implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final AtomicInteger STARTS = new AtomicInteger();
    /** Its defaults are what is wanted: all fields of a request go on, Via and CDN-Loop included. */
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d;
                location / {
                  proxy_pass http://127.0.0.1:%d;
                  proxy_http_version 1.1;
                }
              }
            }
            """;

    private final Process process;
    private final Path folder;
    private final int port;

    private Nginx(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one that passes everything to a port of the loopback, and waits until it listens. */
    static Nginx before(int target) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Nginx nginx = start(target, freePort());
            if (nginx.listens()) {
                return nginx;
            }
            nginx.close(); // somebody else was faster to take the port
        }
        throw new AssertionError("nginx does not start; target/it-logs/nginx-*.log says why");
    }

    private static Nginx start(int target, int port) {
        String name = "nginx-" + STARTS.incrementAndGet();
        Path folder = Places.base(name);
        Places.write(folder.resolve("nginx.conf"), CONFIGURATION.formatted(port, target));
        ProcessBuilder command =
                new ProcessBuilder(List.of(installed(), "-p", folder + "/", "-c", "nginx.conf", "-e", "stderr"));
        try {
            Process process = command.redirectErrorStream(true)
                    .redirectOutput(Places.log(name).toFile())
                    .start();
            return new Nginx(process, folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Skips the test where the machine has no nginx, for nothing beyond a JDK and Maven is asked of it; fails it where
     * {@code REQUIRE_NGINX} is set in the environment, so that where one was installed for this, nothing is skipped.
     */
    static void require() {
        if (System.getenv("REQUIRE_NGINX") == null) {
            assumeThat(executable()).as("nginx on this machine").isPresent();
        }
    }

    /** On Debian it is where only root's path leads. */
    private static Optional<String> executable() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst();
    }

    private static String installed() {
        return executable().orElseThrow(() -> new AssertionError("nginx is not installed: apt-get install nginx"));
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive() || accepts());
        return process.isAlive();
    }

    private boolean accepts() {
        try (Client client = Client.connect("127.0.0.1", port)) {
            return client != null;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Places.delete(folder);
    }
}
