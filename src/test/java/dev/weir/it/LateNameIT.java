package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name of which nobody could say at the start that it is one of ours: then the requests are refused. In the launcher
 * alone, with a hosts file of the test's own.
 */
class LateNameIT {
    private static final String NAME = "upstream.test";

    @TempDir
    private Path folder;

    private Path hosts() {
        return folder.resolve("hosts");
    }

    /** Answers the look-up that hangs, and all that come later. */
    private void resolve() throws IOException {
        Path hanging = Files.move(hosts(), folder.resolve("hanging"));
        write(hosts(), StandardOpenOption.CREATE_NEW);
        // Returns when the look-up reads; that there is none would be waited out for ever.
        CompletableFuture.runAsync(() -> write(hanging, StandardOpenOption.WRITE))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static void write(Path hosts, StandardOpenOption how) {
        try {
            Files.writeString(hosts, "127.0.0.1 " + NAME + "\n", how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReceivedResponse get(RunningWeir weir) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            return client.send("GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n").receiveResponse();
        }
    }

    @Test
    void aNameThatTurnsOutToBeOneOfSelfAddressesIsRefused() throws IOException, InterruptedException {
        // Who opens a pipe for reading waits for somebody who opens it for writing.
        assertThat(new ProcessBuilder("mkfifo", hosts().toString()).start().waitFor())
                .isZero();
        try (Origin self = new Origin().answerAll(request -> Origin.ok("sent"));
                RunningWeir weir = Home.LAUNCHER.start(
                        Deployment.of(RouteSpec.to("/a", URI.create("http://" + NAME + ":" + self.port())))
                                .shared("selfAddresses", "127.0.0.1:" + self.port())
                                .shared("resolveTimeout", "1s")
                                .jvmArgs("-Djdk.net.hosts.file=" + hosts()))) {
            resolve();
            // Until it is known there, a request may get through.
            await().untilAsserted(() -> assertThat(get(weir).status()).isEqualTo(508));
            int before = self.connections();
            assertThat(get(weir).text()).startsWith("loop: ").contains("is this Weir itself");
            assertThat(self.connections()).isEqualTo(before);
        }
    }
}
