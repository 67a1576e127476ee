package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatusConnectorTest {
    private static final String PAGE = "GET /-/status.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    @Test
    void thePagesAreServedWhileEveryThreadForClientsIsBusy() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RunningLauncher weir = Launcher.start(
                        Options.of("--port", "0", "--route", "/proxy=http://127.0.0.1:9", "--set", "statusPort=0"));
                Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            QueuedThreadPool threads = (QueuedThreadPool) weir.server().getThreadPool();
            CountDownLatch busy = new CountDownLatch(threads.getMaxThreads() - threads.getLeasedThreads());
            for (long free = busy.getCount(); free > 0; free--) {
                threads.execute(() -> occupy(busy, end));
            }
            client.send(PAGE).patience(Duration.ofSeconds(1));
            assertThat(client.awaitClosed()).isFalse();
            assertThat(client.receivedBytes()).as("all are busy").isZero();
            try (Client page = Client.connect("127.0.0.1", weir.pages().getPort())) {
                assertThat(page.send(PAGE).receiveResponse().status()).isEqualTo(200);
            }
            end.countDown();
            client.patience(Duration.ofSeconds(10));
            assertThat(client.receiveResponse().status()).isEqualTo(200);
        } finally {
            end.countDown();
        }
    }

    private static void occupy(CountDownLatch busy, CountDownLatch end) {
        busy.countDown();
        try {
            end.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
