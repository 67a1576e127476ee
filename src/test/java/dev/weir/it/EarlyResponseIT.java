package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A final response that comes while the request is still being sent reaches the client (RFC 9112 §9.5). */
@Conforms(title = "Early final responses", to = "RFC 9112 §9.5; peers: the whole upload is sent first (smiley #161)")
class EarlyResponseIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;

    private static final byte[] CHUNK = new byte[64 * 1024];

    private Client upload() {
        return client().send("POST " + path(ROUTE, "/big") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nContent-Length: 1000000000\r\n\r\n12345");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n"})
    void itReachesAClientThatWaitsBeforeItSendsOn(String fields) {
        Client client = upload();
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 413 Content Too Large\r\n" + fields + "Content-Length: 9\r\n\r\ntoo large");
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).isEqualTo("too large");
        assertThat(response.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void itReachesAClientWhoseUploadIsStalled() {
        Client client = upload();
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        client.sendUntilStalled(new byte[1 << 20], Duration.ofMillis(300));
        upstream.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large");
        assertThat(client.receiveHead().status()).isEqualTo(413);
    }

    @Test
    void itReachesTheClientThoughTheUpstreamClosesAtOnce() {
        Client client = upload();
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 9\r\n\r\ntoo large")
                .close();
        assertThat(client.receiveResponse().status()).isEqualTo(413);
    }

    /** Reset at once, the client could see the reset where it would have found the answer (RFC 9112 §9.6). */
    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 9\r\n\r\ntoo large", "Transfer-Encoding: chunked\r\n\r\n3\r\ntoo\r\n0\r\n\r\n"})
    void aClientThatIsStillSendingMayGoOnForAWhile(String message) {
        Client client = client().send("POST " + path(ROUTE, "/big") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nContent-Length: " + 20 * CHUNK.length + "\r\n\r\n");
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 409 Conflict\r\nConnection: close\r\n" + message)
                .close();
        assertThat(client.receiveResponse().status()).isEqualTo(409);
        await().until(() -> Status.of(weir()).inFlight() == 0);
        for (int i = 0; i < 20; i++) {
            client.send(CHUNK);
        }
        origin(ROUTE).answerAll(any -> Origin.ok("next"));
        assertThat(client.send("GET " + path(ROUTE, "/") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n")
                        .receiveResponse()
                        .text())
                .isEqualTo("next");
    }

    @Test
    void aClientThatNeverStopsIsCutOff() {
        Client client = upload();
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large");
        assertThat(client.receiveResponse().status()).isEqualTo(413);
        assertThat(client.patience(Duration.ofSeconds(20)).awaitClosed()).isTrue();
    }
}
