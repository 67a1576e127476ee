package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.OriginConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leaves takes its upstream exchange along, as soon as a read or a write shows that it has left. */
@Conforms(
        title = "Clients that leave",
        to = "RFC 9112 §9.6; peers: the upstream goes on working (smiley), jetty.project #824")
class ClientGoneIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final byte[] MEGABYTE = Payload.of(1 << 20, 4);

    private static void leave(Client client, boolean orderly) {
        if (orderly) {
            client.close();
        } else {
            client.reset();
        }
    }

    /** Sends until the connection breaks, which it must long before a gigabyte is through. */
    private static void assertCut(OriginConnection upstream) {
        try {
            for (int megabytes = 0; megabytes < 1024; megabytes++) {
                upstream.send(MEGABYTE);
            }
        } catch (UncheckedIOException cut) {
            return;
        }
        throw new AssertionError("a gigabyte went to nobody");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDownloadEndsWithItsClient(boolean orderly) {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n").send(MEGABYTE);
        client.receiveHead();
        leave(client, orderly);
        assertCut(upstream);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadEndsWithItsClient(boolean orderly) {
        Client client = client().send("PUT " + path(ROUTE, "/a") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nContent-Length: 1000\r\n\r\n12345");
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.readBody(5);
        leave(client, orderly);
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aChunkedUploadThatIsCutShortIsNoWholeOneForTheUpstream() {
        Client client = client().send("PUT " + path(ROUTE, "/a") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n");
        OriginConnection upstream = origin(ROUTE).accept();
        var head = upstream.receiveHead();
        client.finish();
        assertThat(upstream.receiveBody(head).ending()).isEqualTo(dev.weir.wire.Ending.ABORTED);
    }

    @Test
    void whoLeavesWhileWaitingForTheHeadIsLetGoByTheFirstWrite() {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        client.reset();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n");
        assertCut(upstream);
    }

    @Test
    void whoLeavesWhileTheUpstreamDoesNotReadLetsTheUpstreamGo() {
        Client client = client().send("PUT " + path(SuiteRoute.QUICK, "/a") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nContent-Length: 2000000000\r\n\r\n");
        OriginConnection upstream = origin(SuiteRoute.QUICK).accept();
        upstream.receiveHead();
        client.sendUntilStalled(MEGABYTE, Duration.ofMillis(300));
        client.reset();
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "not before the first write: it sends no interim response, with which to ask")
    void whoLeavesWhileWaitingForTheHeadIsFoundOutWhereTheHomeCanAsk() {
        Assumptions.assumeTrue(home() == Home.LAUNCHER || home() == Home.JETTY, "README: a Tomcat cannot ask");
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        client.close();
        // Two looks, two seconds apart, until it is asked; and two more.
        upstream.patience(Duration.ofSeconds(15));
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void whoHalfClosesAndWaitsForLongStillGetsItsAnswer() {
        Client client = get(path(ROUTE, "/a"), "").finish();
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        if (home() == Home.LAUNCHER || home() == Home.JETTY) {
            assertThat(client.receiveResponse().status()).isEqualTo(102);
        }
        await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(10)).until(() -> !upstream.closed());
        upstream.send(Payload.ok(MEGABYTE));
        assertThat(client.receiveResponse().body()).isEqualTo(MEGABYTE);
    }

    @Test
    void whoHalfClosesStillGetsItsAnswer() {
        Client client = get(path(ROUTE, "/a"), "").finish();
        origin(ROUTE).accept().skipRequest().send(Payload.ok(MEGABYTE));
        assertThat(client.receiveResponse().body()).isEqualTo(MEGABYTE);
    }
}
