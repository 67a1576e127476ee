package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pooled connection that turns out to be dead costs no client an answer where asking again changes nothing. */
@Conforms(
        title = "Dead pooled connections",
        to =
                "RFC 9110 §9.2.2, RFC 9112 §9.3.1; peers: 502 for each race (Jetty #3263, #4125, #6701), POST answered with 500 (smiley)")
class StaleConnectionIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final int ROUNDS = 20;

    private OriginConnection pooled() {
        return pooled(ROUTE);
    }

    /** A pooled connection of the route. */
    private OriginConnection pooled(SuiteRoute route) {
        Client client = get(path(route, "/first"), "");
        OriginConnection upstream = origin(route).accept().skipRequest();
        upstream.send(Origin.ok("first"));
        assertThat(client.receiveResponse().text()).isEqualTo("first");
        // The client has its answer a moment before the connection is back: who asks in it gets another one.
        await().until(() -> Status.of(weir()).leased() == 0);
        return upstream;
    }

    private Client ask(String method, String fields) {
        return client().send(method + " " + path(ROUTE, "/again") + " HTTP/1.1\r\nHost: " + authority() + "\r\n"
                + fields + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS", "PUT", "DELETE"})
    void anIdempotentRequestWhoseConnectionDiedUnansweredIsSentOnceMore(String method) {
        OriginConnection stale = pooled();
        Client client = ask(method, "X-Kept: yes\r\n");
        assertThat(stale.receiveRequest().target()).isEqualTo("/again");
        stale.close();
        OriginConnection fresh = origin(ROUTE).accept();
        ReceivedRequest again = fresh.receiveRequest();
        assertThat(again.method()).isEqualTo(method);
        assertThat(again.target()).isEqualTo("/again");
        assertThat(again.field("X-Kept")).isEqualTo("yes");
        fresh.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
    }

    @Test
    void itIsSentOnceMoreAndNotTwice() {
        OriginConnection stale = pooled();
        Client client = ask("GET", "");
        stale.skipRequest().close();
        origin(ROUTE).accept().skipRequest().close();
        Refusals.assertRefused(client.receiveResponse(), 502, "closed", "connection_terminated");
        assertThat(origin(ROUTE).connections()).isEqualTo(2);
    }

    /** Whatever is not idempotent; and a body, which is gone once it was sent. */
    @ParameterizedTest
    @CsvSource({"POST, abc", "POST, ''", "PATCH, ''", "PURGE, ''", "PUT, abc"})
    void whatWasSentAndMayHaveHappenedIsNeverSentAgain(String method, String body) {
        OriginConnection stale = pooled();
        Client client = ask(method, "Content-Length: " + body.length() + "\r\n").send(body);
        stale.skipRequest().close();
        Refusals.assertRefused(client.receiveResponse(), 502, "closed", "connection_terminated");
        assertThat(origin(ROUTE).connections()).isEqualTo(1);
    }

    @Test
    void aBodyGoesOutOnAnotherConnectionWhereThePooledOneWasClosedBefore() {
        bodiesGoOutOnOtherConnections(ROUTE, OriginConnection::close);
    }

    @Test
    void aBodyGoesOutOnAnotherConnectionWhereThePooledOneWasResetBefore() {
        bodiesGoOutOnOtherConnections(ROUTE, OriginConnection::reset);
    }

    @Test
    void aBodyGoesOutOnAnotherConnectionWhereThePooledOneWasResetBeforeBelowTls() {
        bodiesGoOutOnOtherConnections(SuiteRoute.TLS, OriginConnection::reset);
    }

    /** The end of the one and the request for the other reach a process that stands still: it finds both at once. */
    private void bodiesGoOutOnOtherConnections(SuiteRoute route, Consumer<OriginConnection> end) {
        for (int round = 0; round < ROUNDS; round++) {
            OriginConnection stale = pooled(route);
            Client client = client();
            weir().halt();
            try {
                end.accept(stale);
                client.send("POST " + path(route, "/" + round) + " HTTP/1.1\r\nHost: " + authority()
                        + "\r\nContent-Length: 3\r\n\r\nabc");
            } finally {
                weir().goOn();
            }
            OriginConnection fresh = origin(route).accept();
            ReceivedRequest request = fresh.receiveRequest();
            assertThat(request.target()).isEqualTo("/" + round);
            assertThat(request.text()).isEqualTo("abc");
            fresh.send(Origin.ok("done"));
            assertThat(client.receiveResponse().text()).isEqualTo("done");
            fresh.close();
            await().until(() -> Status.of(weir()).idle() == 0);
        }
        assertThat(origin(route).connections()).isEqualTo(2 * ROUNDS);
    }

    @Test
    void aRequestOnAConnectionOfItsOwnIsNotSentAgain() {
        Client client = ask("GET", "");
        origin(ROUTE).accept().skipRequest().close();
        Refusals.assertRefused(client.receiveResponse(), 502, "closed", "connection_terminated");
        assertThat(origin(ROUTE).connections()).isEqualTo(1);
    }

    @Test
    void anAnswerThatBeganIsNotAskedForAgain() {
        OriginConnection stale = pooled();
        Client client = ask("GET", "");
        stale.skipRequest().send("HTTP/1.1 2").close();
        Refusals.assertRefused(client.receiveResponse(), 502, "closed", "connection_terminated");
        assertThat(origin(ROUTE).connections()).isEqualTo(1);
    }

    @Test
    void theSecondTryIsOnAConnectionOpenedAfterTheFailure() {
        Client one = get(path(ROUTE, "/1"), "");
        OriginConnection first = origin(ROUTE).accept().skipRequest();
        Client two = get(path(ROUTE, "/2"), "");
        OriginConnection second = origin(ROUTE).accept().skipRequest();
        Stream.of(first, second).forEach(upstream -> upstream.send(Origin.ok("a")));
        Stream.of(one, two).forEach(Client::receiveResponse);
        await().until(() -> Status.of(weir()).leased() == 0);

        Client client = ask("GET", "");
        await().until(() -> hasMore(first) || hasMore(second));
        OriginConnection used = hasMore(first) ? first : second;
        used.skipRequest().close();
        origin(ROUTE).accept().skipRequest().send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
        assertThat((used == first ? second : first).awaitClosed()).isTrue();
    }

    /** Whether bytes have come that no test has read; asking looks for them. */
    private static boolean hasMore(OriginConnection connection) {
        long read = connection.readBytes();
        return !connection.closed() && connection.receivedBytes() > read;
    }
}
