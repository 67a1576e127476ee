package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ends of the test language, each the other's witness. */
class WireTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private Origin origin;
    private Client client;
    private OriginConnection upstream;

    @BeforeEach
    void connect() {
        origin = new Origin();
        client = Client.connect("127.0.0.1", origin.port());
        upstream = origin.accept();
    }

    @AfterEach
    void close() {
        client.close();
        origin.close();
    }

    @Test
    void aRequestArrivesByteForByteWithItsFieldsInOrder() {
        String head =
                "pOST /a%2Fb?x y HTTP/1.1\r\nhost: a\r\nX-B:  2 \r\nx-b:\r\nContent-Length: 3\r\nX-\u00e4: \u00fc\r\n\r\n";
        client.send(head + "abc");

        ReceivedRequest request = upstream.receiveRequest();
        assertThat(new String(request.rawHead(), ISO_8859_1)).isEqualTo(head);
        assertThat(request.requestLine()).isEqualTo("pOST /a%2Fb?x y HTTP/1.1");
        assertThat(request.method()).isEqualTo("pOST");
        assertThat(request.target()).isEqualTo("/a%2Fb?x y");
        assertThat(request.fields())
                .containsExactly(
                        entry("host", "a"),
                        entry("X-B", "2"),
                        entry("x-b", ""),
                        entry("Content-Length", "3"),
                        entry("X-\u00e4", "\u00fc"));
        assertThat(request.values("X-b")).containsExactly("2", "");
        assertThat(request.field("HOST")).isEqualTo("a");
        assertThat(request.field("Missing")).isNull();
        assertThat(request.text()).isEqualTo("abc");
        assertThat(request.ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void aFieldThatCameTwiceIsNotOneValue() {
        client.send("GET / HTTP/1.1\r\nVia: a\r\nVia: b\r\n\r\n");
        ReceivedRequest request = upstream.receiveRequest();
        assertThatThrownBy(() -> request.field("via"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[a, b]");
    }

    @Test
    void aChunkedRequestComesWithoutItsChunksAndWithItsTrailers() {
        client.send(
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n02\r\nde\r\n0\r\nT: 1\r\n\r\n");
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.text()).isEqualTo("abcde");
        assertThat(request.trailers()).containsExactly(entry("T", "1"));
        assertThat(request.ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void aRequestThatBreaksOffIsAborted() {
        client.send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab").finish();
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.ending()).isEqualTo(Ending.ABORTED);
        assertThat(request.text()).isEqualTo("ab");
    }

    @Test
    void pipelinedRequestsComeOneByOne() {
        client.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
        assertThat(upstream.receiveRequest().target()).isEqualTo("/1");
        assertThat(upstream.receiveRequest().target()).isEqualTo("/2");
    }

    @Test
    void aHeadCanBeAnsweredBeforeItsBodyIsRead() {
        client.send("PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        ReceivedRequest head = upstream.receiveHead();
        assertThatThrownBy(head::body).isInstanceOf(IllegalStateException.class);
        upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.receiveResponse().status()).isEqualTo(100);
        client.send("abcd");
        assertThat(upstream.receiveBody(head).text()).isEqualTo("abcd");
    }

    @Test
    void aResponseEndsWhereItsLengthSays() {
        upstream.send("HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nA: 1\r\na: 2\r\n\r\nokHTTP/1.1 204 \r\n\r\n");
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 Fine");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.values("A")).containsExactly("1", "2");
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(client.receiveResponse().status()).isEqualTo(204);
    }

    @Test
    void aResponseShorterThanItsLengthIsAborted() {
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345").close();
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.ending()).isEqualTo(Ending.ABORTED);
        assertThat(response.text()).isEqualTo("12345");
        assertThat(client.wasReset()).isFalse();
    }

    @Test
    void chunksThatEndWithoutTheLastAreAborted() {
        for (String cut : new String[] {"5\r\n123", "5\r\n12345", "5\r\n12345\r\n", "5\r\n12345\r\n0\r\n", "5"}) {
            try (Client reader = Client.connect("127.0.0.1", origin.port())) {
                origin.accept()
                        .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + cut)
                        .close();
                assertThat(reader.receiveResponse().ending()).as(cut).isEqualTo(Ending.ABORTED);
            }
        }
    }

    @Test
    void aBodyUntilTheEndIsCompleteByFinAndAbortedByRst() {
        upstream.send("HTTP/1.1 200 OK\r\n\r\nabc").close();
        assertThat(client.receiveResponse().ending()).isEqualTo(Ending.COMPLETE);

        try (Client reader = Client.connect("127.0.0.1", origin.port())) {
            OriginConnection second = origin.accept().send("HTTP/1.1 200 OK\r\n\r\nabc");
            ReceivedResponse head = reader.receiveHead();
            assertThat(reader.readBody(3)).hasSize(3);
            second.reset();
            assertThat(reader.receiveBody(head).ending()).isEqualTo(Ending.ABORTED);
            assertThat(reader.wasReset()).isTrue();
        }
    }

    @Test
    void aResponseToHeadHasNoBody() {
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nHTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\nx");
        assertThat(client.receiveResponse(true).body()).isEmpty();
        assertThat(client.receiveResponse().body()).isEmpty();
        assertThat(client.readSome(9)).containsExactly('x');
    }

    @Test
    void closingWithUnreadBytesIsStillOrderly() {
        client.send("GET / HTTP/1.1\r\n\r\n");
        upstream.receiveRequest();
        client.send("x".repeat(100_000));
        assertThat(upstream.readSome(1)).hasSize(1);
        upstream.close();
        assertThat(client.awaitClosed()).isTrue();
        assertThat(client.wasReset()).isFalse();
    }

    @Test
    void whatIsClosedStaysClosed() {
        upstream.close();
        upstream.reset();
        upstream.close();
        assertThat(client.awaitClosed()).isTrue();
        assertThat(client.wasReset()).isFalse();
    }

    @Test
    void aWaitThatFailsSaysWhatWasSeen() {
        client.send("GET /half HTTP/1.1\r\nHo");
        assertThatThrownBy(() -> upstream.patience(SHORT).receiveRequest())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PT0.2S")
                .hasMessageContaining("GET /half HTTP/1.1\\r\\n")
                .hasMessageContaining("Ho»");
        client.close();
        assertThatThrownBy(upstream::receiveRequest)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("then FIN");
    }

    @Test
    void bothEndsNoticeThatTheOtherClosed() {
        assertThat(client.closed()).isFalse();
        assertThat(client.patience(SHORT).awaitClosed()).isFalse();
        assertThat(origin.open()).isEqualTo(1);
        client.reset();
        assertThat(upstream.awaitClosed()).isTrue();
        assertThat(upstream.wasReset()).isTrue();
        assertThat(origin.open()).isZero();
        assertThat(origin.connections()).isEqualTo(1);
    }

    @Test
    void askingWhetherItIsClosedLosesNoByte() {
        client.send("GET / HTTP/1.1\r\n");
        await().until(() -> !upstream.closed() && upstream.receivedBytes() > 0);
        client.send("\r\n");
        assertThat(upstream.receiveRequest().target()).isEqualTo("/");
    }

    @Test
    void sendingUntilStalledTellsWhatTheKernelTook() {
        long taken = upstream.sendUntilStalled(new byte[100_000], SHORT);
        assertThat(taken).isGreaterThan(100_000).isEqualTo(upstream.sentBytes());
        assertThat(client.readBody((int) taken)).hasSize((int) taken);
        assertThat(client.receivedBytes()).isEqualTo(taken);
        upstream.send("x");
        assertThat(client.readSome(9)).containsExactly('x');
    }

    @Test
    void aSendThatIsNotTakenEnds() {
        upstream.sendUntilStalled(new byte[100_000], SHORT);
        assertThatThrownBy(() -> upstream.patience(SHORT).send(new byte[100_000]))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("took nothing for PT0.2S");
    }

    @Test
    void anAnsweringOriginKeepsConnectionsUntilOneEndSaysClose() {
        origin.answerAll(request -> request.target().equals("/bye") ? null : Origin.ok(request.target()));
        try (Client asking = Client.connect("127.0.0.1", origin.port())) {
            IntStream.range(0, 3).forEach(n -> {
                asking.send("GET /" + n + " HTTP/1.1\r\n\r\n");
                assertThat(asking.receiveResponse().text()).isEqualTo("/" + n);
            });
            asking.send("GET /last HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(asking.receiveResponse().text()).isEqualTo("/last");
            assertThat(asking.awaitClosed()).isTrue();
        }
        try (Client other = Client.connect("127.0.0.1", origin.port())) {
            other.send("GET /bye HTTP/1.1\r\n\r\n");
            assertThat(other.awaitClosed()).isTrue();
        }
        assertThat(origin.connections()).isEqualTo(3);
    }

    @Test
    void anOriginWithACertificateSpeaksTls(@TempDir Path folder) throws IOException {
        ServerCertificate certificate = ServerCertificate.issue(folder);
        try (Origin secure = new Origin(certificate.context()).answerAll(request -> Origin.ok("secret"))) {
            HttpsURLConnection connection = (HttpsURLConnection)
                    new URL(secure.uri().toString().replace("127.0.0.1", "localhost")).openConnection();
            connection.setSSLSocketFactory(certificate.context().getSocketFactory());
            assertThat(connection.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_OK);
            assertThat(connection.getInputStream()).hasContent("secret");
            assertThat(certificate.pem()).content().contains("BEGIN CERTIFICATE");
        }
    }
}
