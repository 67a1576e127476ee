package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who finds all connections to a destination taken waits in a bounded queue, or is refused. */
class QueueIT extends BehaviourSuite {
    private void awaitQueued(int count) {
        await().until(() -> Status.of(weir()).queued() == count);
    }

    private List<Client> gets(SuiteRoute route, int count) {
        List<Client> clients = Stream.generate(this::client).limit(count).toList();
        clients.forEach(
                client -> client.send("GET " + path(route, "/a") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n"));
        return clients;
    }

    @Test
    void aFullQueueRefusesWith503AndThoseInItAreServed() {
        Client first = get(path(SuiteRoute.NARROW, "/1"), "");
        OriginConnection upstream = origin(SuiteRoute.NARROW).accept();
        assertThat(upstream.receiveRequest().target()).isEqualTo("/1");
        Client second = get(path(SuiteRoute.NARROW, "/2"), "");
        awaitQueued(1);
        Client third = get(path(SuiteRoute.NARROW, "/3"), "");
        awaitQueued(2);

        Client fourth = get(path(SuiteRoute.NARROW, "/4"), "");
        Refusals.assertRefused(fourth.receiveResponse(), 503, "pool-full", "connection_limit_reached");

        upstream.send(Origin.ok("1"));
        assertThat(upstream.receiveRequest().target()).isEqualTo("/2");
        upstream.send(Origin.ok("2"));
        assertThat(upstream.receiveRequest().target()).isEqualTo("/3");
        upstream.send(Origin.ok("3"));
        assertThat(Stream.of(first, second, third)
                        .map(client -> client.receiveResponse().text()))
                .containsExactly("1", "2", "3");
    }

    @Test
    void whoWaitsTooLongIsRefusedWith503AndToldWhoHoldsWhat() {
        Client first = get(path(SuiteRoute.HURRIED, "/1"), "");
        OriginConnection upstream = origin(SuiteRoute.HURRIED).accept().skipRequest();
        long start = System.nanoTime();
        ReceivedResponse refused = get(path(SuiteRoute.HURRIED, "/2"), "").receiveResponse();
        Refusals.assertRefused(refused, 503, "queue-timeout", "connection_limit_reached");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(refused.text())
                .contains("queueTimeout, 1.0 s: ")
                .contains("sockets are open in all (weir.connectionBudget), 1 to it, of which 1 in use; 1 waiting");
        upstream.send(Origin.ok("1"));
        assertThat(first.receiveResponse().text()).isEqualTo("1");
    }

    @Test
    void aBurstWithinTheBoundsIsNeverRefused() {
        origin(SuiteRoute.WIDE).answerAll(request -> Origin.ok("a"));
        for (int burst = 0; burst < 5; burst++) {
            assertThat(gets(SuiteRoute.WIDE, 65).stream()
                            .map(client -> client.receiveResponse().status()))
                    .containsOnly(200);
            await().until(() -> Status.of(weir()).leased() == 0);
        }
        assertThat(origin(SuiteRoute.WIDE).connections()).isLessThanOrEqualTo(64);
    }

    /** Both wait for a connection of their own, which over TLS is open before it is of use. */
    @Test
    void aConnectionThatFailsToOpenFailsOneExchangeAndTheOtherWaitsOn() {
        Client one = get(path(SuiteRoute.TLS, "/1"), "");
        OriginConnection first = origin(SuiteRoute.TLS).accept();
        Client two = get(path(SuiteRoute.TLS, "/2"), "");
        OriginConnection second = origin(SuiteRoute.TLS).accept();
        first.reset();
        assertThat(one.receiveResponse().status()).isEqualTo(502);
        assertThat(second.receiveRequest().target()).isEqualTo("/2");
        second.send(Origin.ok("2"));
        assertThat(two.receiveResponse().text()).isEqualTo("2");
    }

    @Test
    void whoLeavesTheQueueLeavesItsPlaceWhenItsTurnComes() {
        Client first = get(path(SuiteRoute.NARROW, "/1"), "");
        OriginConnection upstream = origin(SuiteRoute.NARROW).accept().skipRequest();
        IntStream.range(0, 2)
                .forEach(queued -> get(path(SuiteRoute.NARROW, "/gone"), "").reset());
        awaitQueued(2);
        origin(SuiteRoute.NARROW).answerAll(request -> Origin.ok("a"));
        upstream.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1")
                .close();
        assertThat(first.receiveResponse().text()).isEqualTo("1");
        awaitQueued(0);
    }
}
