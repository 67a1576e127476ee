package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatusConnectorTest {
    private static final String PAGE = "GET /-/status.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    @Test
    void thePagesAreServedWhileEveryThreadForThoseOfClientsIsBusy() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try (RunningLauncher weir = Launcher.start(
                        Options.of("--port", "0", "--route", "/proxy=http://127.0.0.1:9", "--set", "statusPort=0"));
                Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            for (int thread = 0; thread < OnSelectors.PAGE_THREADS; thread++) {
                silent.add(SilentClient.flood(weir.uri().getPort(), PAGE));
            }
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

    private static void closeAll(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
