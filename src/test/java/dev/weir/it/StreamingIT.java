package dev.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there goes on at once, however little it is and whatever else is still to come. */
@Conforms(title = "Streaming", to = "Peers: events wait until the response has ended (Jetty #3459, #4875, #12323)")
class StreamingIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;

    private static void await(Wire<?> wire, String text) {
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains(text)) {
            byte[] some = wire.readSome(8192);
            assertThat(some).as("%s before the end of %s", text, wire).isNotEmpty();
            seen.append(new String(some, ISO_8859_1));
        }
    }

    @Test
    void eachServerSentEventArrivesWhileTheUpstreamIsSilentAboutTheNext() {
        Client client = get(path(ROUTE, "/events"), "Accept: text/event-stream\r\n");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.receiveHead().status()).isEqualTo(200);
        for (int event = 1; event <= 5; event++) {
            upstream.send("9\r\ndata: " + event + "\n\n\r\n");
            await(client, "data: " + event + "\n\n");
        }
        upstream.send("0\r\n\r\n");
        await(client, "0\r\n\r\n");
    }

    @Test
    void anEventStreamWithoutFramingFlowsToo() {
        Client client = get(path(ROUTE, "/events"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        ReceivedResponse head = client.receiveHead();
        await(client, "data: 1\n\n");
        upstream.send("data: 2\n\n");
        await(client, "data: 2\n\n");
        upstream.close();
        assertThat(head.status()).isEqualTo(200);
        await(client, "0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
    void theHeadArrivesWhileNoByteOfTheBodyHas(String framing) {
        Client client = get(path(ROUTE, "/slow"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nX-A: 1\r\n" + framing + "\r\n\r\n");
        ReceivedResponse head = client.receiveHead();
        assertThat(head.field("X-A")).isEqualTo("1");
        upstream.send(framing.startsWith("C") ? "12345" : "5\r\n12345\r\n0\r\n\r\n");
        ReceivedResponse whole = client.receiveBody(head);
        assertThat(whole.text()).isEqualTo("12345");
        assertThat(whole.ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void theFirstBytesOfAnUploadArriveBeforeTheClientHasSentTheRest() {
        Client client = client().send("PUT " + path(ROUTE, "/up") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nContent-Length: 10\r\n\r\n");
        OriginConnection upstream = origin(ROUTE).accept();
        assertThat(upstream.receiveHead().method()).isEqualTo("PUT");
        client.send("12345");
        assertThat(upstream.readBody(5)).isEqualTo("12345".getBytes(ISO_8859_1));
        client.send("67890");
        assertThat(upstream.readBody(5)).isEqualTo("67890".getBytes(ISO_8859_1));
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.receiveResponse().status()).isEqualTo(200);
    }

    @Test
    void bothDirectionsFlowAtTheSameTime() {
        Client client = client().send("POST " + path(ROUTE, "/talk") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.receiveHead();
        for (int turn = 1; turn <= 3; turn++) {
            client.send("4\r\nask" + turn + "\r\n");
            await(upstream, "ask" + turn);
            upstream.send("4\r\nsay" + turn + "\r\n");
            await(client, "say" + turn);
        }
        client.send("0\r\n\r\n");
        await(upstream, "0\r\n\r\n");
        upstream.send("0\r\n\r\n");
        await(client, "0\r\n\r\n");
    }
}
