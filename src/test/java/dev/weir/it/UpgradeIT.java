package dev.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked with {@code Upgrade}, and answered with 101 (RFC 9110 §7.8): from then on bytes pass both ways, unread. */
@Conforms(
        title = "Upgrades",
        to = "RFC 9110 §7.8; peers: no upgrade passes (Jetty #8883, #10811, smiley #88, #100, #145)")
class UpgradeIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final String[] ASKED = {"Connection: Upgrade", "Upgrade: echo/1"};
    private static final String SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\nX-Own: 1\r\n\r\n";

    /** Both ends of a tunnel. */
    private record Ends(Client client, OriginConnection upstream) {}

    private Ends tunnel(SuiteRoute route) {
        Client client = client().send(get(route, ASKED));
        OriginConnection upstream = origin(route).accept().skipRequest().send(SWITCHED);
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).as("%s", response).isEqualTo(101);
        return new Ends(client, upstream);
    }

    private static String read(Client client, int count) {
        return new String(client.readBody(count), ISO_8859_1);
    }

    private static String read(OriginConnection upstream, int count) {
        return new String(upstream.readBody(count), ISO_8859_1);
    }

    @Test
    void theUpstreamIsAskedAndItsAnswerIsTheClients() {
        Client client =
                client().send(get(ROUTE, "Connection: keep-alive, Upgrade", "Upgrade: echo/1", "Sec-Echo: yes"));
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.field("Connection")).isEqualTo("Upgrade");
        assertThat(request.field("Upgrade")).isEqualTo("echo/1");
        assertThat(request.field("Sec-Echo")).isEqualTo("yes");
        upstream.send(SWITCHED);
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).isEqualTo(101);
        // Tomcat adds keep-alive where the client said it.
        assertThat(response.field("Connection")).startsWithIgnoringCase("Upgrade");
        assertThat(response.field("Upgrade")).isEqualTo("echo/1");
        assertThat(response.field("X-Own")).isEqualTo("1");
        assertThat(response.field("Content-Length")).isNull();
        assertThat(response.field("Transfer-Encoding")).isNull();
        client.reset();
    }

    @Test
    void bytesPassBothWaysUntilBothEndsHaveClosed() {
        Ends ends = tunnel(ROUTE);
        ends.client().send("\0\1up");
        assertThat(read(ends.upstream(), 4)).isEqualTo("\0\1up");
        ends.upstream().send("down\r\n\r\n");
        assertThat(read(ends.client(), 8)).isEqualTo("down\r\n\r\n");
        assertThat(Status.of(weir()).leased()).isEqualTo(1);
        assertThat(Status.of(weir()).inFlight()).isEqualTo(1);
        ends.upstream().close();
        assertThat(ends.client().awaitClosed()).isTrue();
        assertThat(ends.client().wasReset()).isFalse();
        ends.client().close();
    }

    @Test
    void whatComesRightBehindEitherHeadIsNotLost() {
        Client client = client().send(get(ROUTE, ASKED) + "early");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest().send(SWITCHED + "greeting");
        assertThat(client.receiveResponse().status()).isEqualTo(101);
        assertThat(read(client, 8)).isEqualTo("greeting");
        assertThat(read(upstream, 5)).isEqualTo("early");
        client.send("late");
        assertThat(read(upstream, 4)).isEqualTo("late");
        client.reset();
    }

    @Test
    void aClientThatHasFinishedStillReads() {
        Ends ends = tunnel(ROUTE);
        ends.client().send("all").finish();
        assertThat(read(ends.upstream(), 3)).isEqualTo("all");
        assertThat(ends.upstream().awaitClosed()).isTrue();
        assertThat(ends.upstream().wasReset()).isFalse();
        ends.upstream().send("still").close();
        assertThat(read(ends.client(), 5)).isEqualTo("still");
        assertThat(ends.client().awaitClosed()).isTrue();
        assertThat(ends.client().wasReset()).isFalse();
    }

    @Test
    void anUpstreamThatHasFinishedStillReads() {
        Ends ends = tunnel(ROUTE);
        ends.upstream().send("all").finish();
        assertThat(read(ends.client(), 3)).isEqualTo("all");
        assertThat(ends.client().awaitClosed()).isTrue();
        assertThat(ends.client().wasReset()).isFalse();
        ends.client().send("still").close();
        assertThat(read(ends.upstream(), 5)).isEqualTo("still");
        assertThat(ends.upstream().awaitClosed()).isTrue();
        assertThat(ends.upstream().wasReset()).isFalse();
    }

    @Test
    void anUpstreamThatIsKilledIsNoEndForTheClient() {
        Ends ends = tunnel(ROUTE);
        ends.upstream().reset();
        assertThat(ends.client().awaitClosed()).isTrue();
        assertThat(ends.client().wasReset()).isTrue();
    }

    @Test
    void aClientThatIsKilledIsNoEndForTheUpstream() {
        Ends ends = tunnel(ROUTE);
        ends.client().reset();
        assertThat(ends.upstream().awaitClosed()).isTrue();
        assertThat(ends.upstream().wasReset()).isTrue();
    }

    @Test
    void aKillIsSeenBehindAHalfClose() {
        Ends ends = tunnel(ROUTE);
        ends.client().send("all").finish();
        assertThat(read(ends.upstream(), 3)).isEqualTo("all");
        assertThat(ends.upstream().awaitClosed()).isTrue();
        ends.upstream().reset();
        assertThat(ends.client().awaitClosed()).isTrue();
        assertThat(ends.client().wasReset()).isTrue();
    }

    @Test
    void aTunnelWithoutAByteIsCutAfterItsOwnTimeout() {
        Ends ends = tunnel(SuiteRoute.QUICK_TUNNEL);
        long start = System.nanoTime();
        ends.client().send("a");
        assertThat(read(ends.upstream(), 1)).isEqualTo("a");
        assertThat(ends.client().awaitClosed()).isTrue();
        assertThat(ends.upstream().awaitClosed()).isTrue();
        assertThat(ends.client().wasReset()).isTrue();
        assertThat(ends.upstream().wasReset()).isTrue();
        assertThat(System.nanoTime() - start).isBetween(1_000_000_000L, 8_000_000_000L);
    }

    @Test
    void aByteInEitherDirectionPutsThatOff() {
        Ends ends = tunnel(SuiteRoute.QUICK_TUNNEL);
        for (int i = 0; i < 6; i++) {
            ends.upstream().send("a");
            assertThat(read(ends.client(), 1)).isEqualTo("a");
            assertThat(ends.client().patience(Duration.ofMillis(400)).awaitClosed())
                    .isFalse();
        }
        ends.client().reset();
    }

    @Test
    void theRoutesTimeoutLiesOverIt() {
        Ends ends = tunnel(SuiteRoute.TOTAL);
        long start = System.nanoTime();
        assertThat(ends.client().awaitClosed()).isTrue();
        assertThat(ends.client().wasReset()).isTrue();
        assertThat(ends.upstream().awaitClosed()).isTrue();
        assertThat(System.nanoTime() - start).isLessThan(8_000_000_000L);
    }

    @Test
    void noOtherTimeoutCutsIt() {
        // The route's responseTimeout and exchangeIdleTimeout are a second.
        Ends ends = tunnel(SuiteRoute.QUICK);
        assertThat(ends.client().patience(Duration.ofMillis(2500)).awaitClosed())
                .isFalse();
        ends.client().send("a");
        assertThat(read(ends.upstream(), 1)).isEqualTo("a");
        ends.client().reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: other/2\r\nContent-Length: 2\r\n\r\nok"
            })
    void anUpgradeThatIsDeclinedIsAnOrdinaryResponse(String answer) {
        Client client = client().send(get(ROUTE, ASKED));
        OriginConnection upstream = origin(ROUTE).accept().skipRequest().send(answer);
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.statusLine()).startsWith(answer.substring(0, 12));
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.field("Upgrade")).isEqualTo(answer.contains("426") ? "other/2" : null);
        if (response.status() == 400) {
            return; // behind which Tomcat closes the client's connection
        }
        // Both connections are as good as before, when they are free again.
        Leaks.nothingIsHeld(weir());
        client.send(get(ROUTE));
        upstream.skipRequest().send(OK);
        assertThat(client.receiveResponse().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upgrade: h2c\r\n", "Upgrade: echo/1, other\r\n"})
    void aSwitchToWhatNobodyAskedForIsRefused(String upgrade) {
        Client client = client().send(get(ROUTE, ASKED));
        OriginConnection upstream = origin(ROUTE)
                .accept()
                .skipRequest()
                .send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n" + upgrade + "\r\n");
        Refusals.assertRefused(client.receiveResponse(), 502, "invalid-response", "http_protocol_error");
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void ofSeveralProtocolsTheUpstreamChooses() {
        Client client = client().send(get(ROUTE, "Connection: Upgrade", "Upgrade: h2c, other", "Upgrade: ECHO/1"));
        OriginConnection upstream = origin(ROUTE).accept();
        assertThat(upstream.receiveRequest().field("Upgrade")).isEqualTo("other, ECHO/1");
        upstream.send(SWITCHED);
        assertThat(client.receiveResponse().status()).isEqualTo(101);
        client.reset();
    }

    @Test
    void aRequestWithABodyIsUpgradedBehindIt() {
        Client client = client().send(head(
                        "POST " + path(ROUTE, "/exec"), "Connection: Upgrade", "Upgrade: echo/1", "Content-Length: 4")
                + "bodyearly");
        OriginConnection upstream = origin(ROUTE).accept();
        assertThat(upstream.receiveRequest().text()).isEqualTo("body");
        upstream.send(SWITCHED);
        assertThat(client.receiveResponse().status()).isEqualTo(101);
        assertThat(read(upstream, 5)).isEqualTo("early");
        upstream.send("answer");
        assertThat(read(client, 6)).isEqualTo("answer");
        client.reset();
    }

    @Test
    void aBodyThatIsHeldBackIsAskedForWhenTheUpstreamSwitchesWithoutIt() {
        Client client = client().send(head(
                "POST " + path(ROUTE, "/exec"),
                "Connection: Upgrade",
                "Upgrade: echo/1",
                "Expect: 100-continue",
                "Content-Length: 4"));
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest head = upstream.receiveHead();
        upstream.send(SWITCHED);
        assertThat(client.receiveResponse().status()).isEqualTo(100);
        client.send("body");
        assertThat(upstream.receiveBody(head).text()).isEqualTo("body");
        assertThat(client.receiveResponse().status()).isEqualTo(101);
        client.send("up");
        assertThat(read(upstream, 2)).isEqualTo("up");
        client.reset();
    }

    @Test
    void aClientThatHasLeftBeforeTheSwitchLeavesNoTunnelBehind() {
        Client client = client().send(get(ROUTE, ASKED));
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        client.reset();
        upstream.send(SWITCHED);
        assertThat(upstream.awaitClosed()).isTrue();
        assertThat(upstream.wasReset()).isTrue();
    }

    @Test
    void anUpstreamIsReachedOverTls() {
        Ends ends = tunnel(SuiteRoute.TLS);
        ends.client().send("up");
        assertThat(read(ends.upstream(), 2)).isEqualTo("up");
        ends.upstream().send("down").finish();
        assertThat(read(ends.client(), 4)).isEqualTo("down");
        assertThat(ends.client().awaitClosed()).isTrue();
        ends.client().close();
    }

    @Test
    void aTunnelHoldsItsConnectionAmongThoseOfItsDestination() {
        Ends ends = tunnel(SuiteRoute.HURRIED);
        Client second = client().send(get(SuiteRoute.HURRIED));
        Refusals.assertRefused(second.receiveResponse(), 503, "queue-timeout", "connection_limit_reached");
        Client third = client().send(get(SuiteRoute.HURRIED));
        await().until(() -> Status.of(weir()).queued() == 1);
        ends.client().reset();
        origin(SuiteRoute.HURRIED).accept().skipRequest().send(OK);
        assertThat(third.receiveResponse().status()).isEqualTo(200);
    }
}
