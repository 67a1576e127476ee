package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.OriginConnection;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Who closes an upstream connection first, and how: whoever does keeps its port for a minute. */
class CloseOrderIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;

    private Client exchange(String fields) {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 2\r\n\r\nok");
        assertThat(client.receiveResponse().text()).isEqualTo("ok");
        last = upstream;
        return client;
    }

    private OriginConnection last;

    @Test
    void anUpstreamThatSaysCloseClosesFirst() {
        exchange("Connection: close\r\n");
        assertThat(last.patience(Duration.ofMillis(300)).awaitClosed())
                .as("closed by us")
                .isFalse();
        assertThat(ProcessSockets.open(
                        weir().pid(), port -> port == origin(ROUTE).port()))
                .isEqualTo(1);
        last.finish();
        assertThat(last.patience(Duration.ofSeconds(10)).awaitClosed()).isTrue();
        assertThat(last.wasReset()).isFalse();
        assertThat(ProcessSockets.resting(port -> port == origin(ROUTE).port())).isZero();
    }

    @Test
    void anUpstreamThatSaysCloseAndDoesNotIsResetAfterASecond() {
        exchange("Connection: close\r\n");
        long start = System.nanoTime();
        assertThat(last.awaitClosed()).isTrue();
        assertThat(last.wasReset()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    @Test
    void anUpstreamThatSaysItKeepsAConnectionForASecondIsLeftBeforeThat() {
        exchange("Keep-Alive: timeout=1, max=5\r\n");
        assertThat(last.awaitClosed()).isTrue();
        assertThat(last.wasReset())
                .as("an idle connection is reset, so that no port rests")
                .isTrue();
        assertThat(ProcessSockets.resting(port -> port == origin(ROUTE).port())).isZero();
    }

    @Test
    void theSocketThatWaitsForItsUpstreamToCloseStillCounts() {
        exchange("Connection: close\r\n");
        assertThat(Status.of(weir()).destination(origin(ROUTE).uri().toString()).get("sockets"))
                .isEqualTo(1);
        last.close();
        await().until(() -> Status.of(weir())
                .destination(origin(ROUTE).uri().toString())
                .get("sockets")
                .equals(0));
    }

    /** What the upstream sees of us is close_notify alone. */
    @Test
    void overTlsToo() {
        Predicate<Integer> there = port -> port == origin(SuiteRoute.TLS).port();
        Client client = get(path(SuiteRoute.TLS, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.TLS).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
        assertThat(client.receiveResponse().text()).isEqualTo("ok");
        assertThat(upstream.awaitClosed()).isTrue();
        assertThat(ProcessSockets.open(weir().pid(), there)).isEqualTo(1);
        upstream.close();
        await().until(() -> ProcessSockets.open(weir().pid(), there) == 0);
        assertThat(ProcessSockets.resting(there)).isZero();
    }
}
