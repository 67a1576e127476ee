package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
class StatusConnectorTest {
    private static final String PAGE = "GET /-/status.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    @Test
    void thePagesAreServedWhileEveryThreadForThoseOfClientsIsBusy() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try (RunningLauncher weir = Launcher.start(
                        Options.of("--port", "0", "--route", "/proxy=http://127.0.0.1:9", "--set", "statusPort=0"));
                Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            for (int thread = 0; thread < OnSelectors.PAGE_THREADS; thread++) {
                silent.add(SilentClient.flood(weir.uri().getPort(), SilentClient.LARGE_PAGE));
            }
            await().until(() -> writingPages() == OnSelectors.PAGE_THREADS);
            client.send(PAGE).patience(Duration.ofSeconds(1));
            assertThat(client.awaitClosed()).isFalse();
            assertThat(client.receivedBytes()).as("all are busy").isZero();
            try (Client page = Client.connect("127.0.0.1", weir.pages().getPort())) {
                assertThat(page.send(PAGE).receiveResponse().status()).isEqualTo(200);
            }
            closeAll(silent);
            client.patience(Duration.ofSeconds(10));
            assertThat(client.receiveResponse().status()).isEqualTo(200);
        } finally {
            closeAll(silent);
        }
    }

    /** How many of the pages' threads wait for a client to read. */
    private static long writingPages() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("weir-pages"))
                .filter(thread -> thread.getKey().getState() == Thread.State.WAITING)
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().endsWith(".HttpOutput")))
                .count();
    }

    private static void closeAll(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
