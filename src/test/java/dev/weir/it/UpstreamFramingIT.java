package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream says beside its response is nobody's: the connection goes, and the next client never sees it. */
@Conforms(title = "Framing of responses", to = "RFC 9112 §6.3, §9.2, §11.2")
class UpstreamFramingIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

    private OriginConnection askFor(Client client, String response) {
        client.send(get(ROUTE));
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send(response);
        return upstream;
    }

    private void assertTheNextOneIsServedByAnother(OriginConnection poisoned) {
        assertThat(poisoned.awaitClosed()).isTrue();
        Client next = client().send(get(ROUTE));
        origin(ROUTE).accept().skipRequest().send(Origin.ok("clean"));
        assertThat(next.receiveResponse().text()).isEqualTo("clean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\n"
            })
    void whatComesRightBehindAResponseIsDropped(String response) {
        Client client = client();
        OriginConnection upstream = askFor(client, response + POISON);
        ReceivedResponse received = client.receiveResponse();
        assertThat(received.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(received.text()).isEqualTo(response.contains("ok") ? "ok" : "");
        assertTheNextOneIsServedByAnother(upstream);
    }

    @Test
    void whatComesWhileTheConnectionIsIdleIsDropped() {
        Client client = client();
        OriginConnection upstream = askFor(client, OK);
        assertThat(client.receiveResponse().text()).isEqualTo("ok");
        await().until(() -> Status.of(weir()).leased() == 0);
        upstream.send(POISON);
        assertTheNextOneIsServedByAnother(upstream);
    }

    @Test
    void aRequestTimeoutThatNobodyAskedForIsNobodysAnswer() {
        Client client = client();
        OriginConnection upstream = askFor(client, OK);
        assertThat(client.receiveResponse().text()).isEqualTo("ok");
        await().until(() -> Status.of(weir()).leased() == 0);
        upstream.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .close();
        await().until(() -> Status.of(weir()).idle() == 0);
        Client next = client().send(get(ROUTE));
        origin(ROUTE).accept().skipRequest().send(Origin.ok("clean"));
        assertThat(next.receiveResponse().text()).isEqualTo("clean");
    }

    @Test
    void theBodyOfAnAnswerToHeadIsDropped() {
        Client client = client().send(head("HEAD " + path(ROUTE, "/a")));
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send(POISON);
        ReceivedResponse received = client.receiveResponse(true);
        assertThat(received.field("Content-Length")).isEqualTo("6");
        assertTheNextOneIsServedByAnother(upstream);
    }

    @Test
    void rangesAndTheirPartsPassUntouched() {
        String parts = "--b\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/9\r\n\r\nab\r\n"
                + "--b\r\nContent-Type: text/plain\r\nContent-Range: bytes 4-5/9\r\n\r\nef\r\n--b--\r\n";
        Seen seen = exchange(
                ROUTE,
                get(ROUTE, "Range: bytes=0-1,4-5", "If-Range: \"e\""),
                "HTTP/1.1 206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=b\r\nContent-Length: "
                        + parts.length() + "\r\n\r\n" + parts);
        assertThat(seen.upstream().field("Range")).isEqualTo("bytes=0-1,4-5");
        assertThat(seen.upstream().field("If-Range")).isEqualTo("\"e\"");
        assertThat(seen.client().status()).isEqualTo(206);
        assertThat(seen.client().text()).isEqualTo(parts);
    }
}
