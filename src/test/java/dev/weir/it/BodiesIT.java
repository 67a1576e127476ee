package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies pass whole and unchanged, in the framing that their sender chose, in both directions. */
@Conforms(
        title = "Bodies",
        to = "RFC 9112 §6, RFC 9110 §6.4, §8.6, §9.3.2, §15.3.5, §15.4.5; peers: 304 with an invented length (smiley)")
class BodiesIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final byte[] TEN_MEGABYTES = Payload.of(10 << 20, 1);

    private Client request(String method, String fields) {
        return client().send(method + " " + path(ROUTE, "/a") + " HTTP/1.1\r\nHost: " + authority() + "\r\n" + fields
                + "\r\n");
    }

    private OriginConnection upstream() {
        return origin(ROUTE).accept();
    }

    /** Both connections serve another exchange: neither message left a byte on either, nor was one missing. */
    private void assertTheConnectionGoesOn(Client client, OriginConnection upstream) {
        Awaitility.await("released").until(() -> Status.of(weir()).leased() == 0);
        client.send("GET " + path(ROUTE, "/next") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
        assertThat(upstream.receiveRequest().target()).isEqualTo("/next");
        upstream.send(Origin.ok("next"));
        assertThat(client.receiveResponse().text()).isEqualTo("next");
    }

    @Test
    void tenMegabytesWithALengthComeBackAsTheyWent() {
        origin(ROUTE).answerAll(request -> {
            assertThat(request.field("Transfer-Encoding")).isNull();
            assertThat(request.field("Content-Length")).isEqualTo("" + TEN_MEGABYTES.length);
            return Payload.ok(request.body());
        });
        Client client = request("POST", "Content-Length: " + TEN_MEGABYTES.length + "\r\n");
        ReceivedResponse response = client.send(TEN_MEGABYTES).receiveResponse();
        assertThat(response.field("Content-Length")).isEqualTo("" + TEN_MEGABYTES.length);
        assertThat(response.body()).isEqualTo(TEN_MEGABYTES);
    }

    @Test
    void tenMegabytesInChunksComeBackAsTheyWent() {
        origin(ROUTE).answerAll(request -> {
            assertThat(request.field("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(request.field("Content-Length")).isNull();
            String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            return Payload.message(head, Payload.chunked(request.body(), 70_001));
        });
        Client client = request("POST", "Transfer-Encoding: chunked\r\n");
        ReceivedResponse response =
                client.send(Payload.chunked(TEN_MEGABYTES, 50_021)).receiveResponse();
        assertThat(response.field("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(response.field("Content-Length")).isNull();
        assertThat(response.body()).isEqualTo(TEN_MEGABYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"})
    void aBodyThatEndsWithTheUpstreamsConnectionIsWhole(String head) {
        byte[] body = Payload.of(300_000, 2);
        Client client = request("GET", "");
        upstream().skipRequest().send(Payload.message(head, body)).close();
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.field("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(response.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void headTellsTheLengthThatTheUpstreamTold() {
        Client client = request("HEAD", "");
        OriginConnection upstream = upstream();
        assertThat(upstream.receiveRequest().method()).isEqualTo("HEAD");
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
        assertThat(client.receiveResponse(true).field("Content-Length")).isEqualTo("1234");
        assertTheConnectionGoesOn(client, upstream);
    }

    @Test
    void headTellsNoLengthWhereTheUpstreamToldNone() {
        Client client = request("HEAD", "");
        OriginConnection upstream = upstream().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nX-A: 1\r\n\r\n");
        ReceivedResponse response = client.receiveResponse(true);
        assertThat(response.field("Content-Length")).isNull();
        assertThat(response.field("X-A")).isEqualTo("1");
        assertTheConnectionGoesOn(client, upstream);
    }

    @Test
    void noContentHasNoBody() {
        Client client = request("DELETE", "");
        OriginConnection upstream = upstream().skipRequest();
        upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.field("Transfer-Encoding")).isNull();
        assertTheConnectionGoesOn(client, upstream);
    }

    @Test
    void notModifiedHasNoBodyWhateverLengthItTells() {
        Client client = request("GET", "If-None-Match: \"1\"\r\n");
        OriginConnection upstream = upstream().skipRequest();
        upstream.send("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nContent-Length: 1234\r\n\r\n");
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).isEqualTo(304);
        assertThat(response.field("ETag")).isEqualTo("\"1\"");
        assertThat(response.field("Content-Length")).isIn(null, "1234");
        assertTheConnectionGoesOn(client, upstream);
    }

    /** A length is that of the 200 (RFC 9110 §8.6): 0 would tell a cache that its copy is empty. */
    @Test
    void notModifiedWithoutALengthIsGivenNone() {
        Client client = get(path(SuiteRoute.PLAIN, "/a"), "If-None-Match: \"1\"\r\n");
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        upstream.send("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).isEqualTo(304);
        assertThat(response.values("Content-Length")).isEmpty();
    }

    /** Sloppy, and common: no length may stand there (RFC 9110 §8.6), so it goes no further. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"
            })
    void noContentThatTellsALengthIsNoContent(String answer) {
        Client client = get(path(SuiteRoute.PLAIN, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        upstream.send(answer);
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.values("Content-Length")).isEmpty();
        upstream.close();
    }

    @Test
    void anEmptyResponseIsEmpty() {
        Client client = request("GET", "");
        OriginConnection upstream = upstream().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.field("Content-Length")).isEqualTo("0");
        assertTheConnectionGoesOn(client, upstream);
    }

    @Test
    void anEmptyChunkedResponseIsEmpty() {
        Client client = request("GET", "");
        OriginConnection upstream = upstream().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertThat(client.receiveResponse().body()).isEmpty();
        assertTheConnectionGoesOn(client, upstream);
    }

    @Test
    void aPostWithoutContentSaysSo() {
        Client client = request("POST", "Content-Length: 0\r\n");
        OriginConnection upstream = upstream();
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.field("Content-Length")).isEqualTo("0");
        assertThat(request.field("Transfer-Encoding")).isNull();
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
        assertTheConnectionGoesOn(client, upstream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "GET", "OPTIONS", "REPORT"})
    void aChunkedBodyPassesWithAnyMethodAndWithoutAType(String method) {
        Client client = request(method, "Transfer-Encoding: chunked\r\n").send(Payload.chunked("abc".getBytes(), 2));
        OriginConnection upstream = upstream();
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.text()).isEqualTo("abc");
        assertThat(request.field("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(request.field("Content-Type")).isNull();
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
        assertTheConnectionGoesOn(client, upstream);
    }

    @Test
    void aGetWithABodyPasses() {
        Client client = request("GET", "Content-Length: 3\r\n").send("abc");
        OriginConnection upstream = upstream();
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.text()).isEqualTo("abc");
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
    }

    @Test
    void anEmptyChunkedRequestIsEmpty() {
        Client client = request("POST", "Transfer-Encoding: chunked\r\n").send("0\r\n\r\n");
        OriginConnection upstream = upstream();
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.body()).isEmpty();
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
        assertTheConnectionGoesOn(client, upstream);
    }
}
