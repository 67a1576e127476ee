package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails after the head is an aborted message for the client, never a clean end (RFC 9112 §8). */
@Conforms(title = "Failures after the head", to = "RFC 9112 §8")
class FailureAfterHeadIT extends BehaviourSuite {
    private static final byte[] HALF = Payload.of(200_000, 3);

    /** Head and first half of a response of 400,000 bytes, in either framing. */
    private static byte[] half(boolean chunked) {
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 400000";
        String head = "HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n";
        return Payload.message(chunked ? head + Integer.toHexString(400_000) + "\r\n" : head, HALF);
    }

    /** Receives the head and the half, so that the failure to come is one after the head. */
    private static ReceivedResponse receiveHalf(Client client, OriginConnection upstream, boolean chunked) {
        upstream.send(half(chunked));
        return client.receiveHead();
    }

    private static void assertAborted(Client client, ReceivedResponse head) {
        ReceivedResponse response = client.receiveBody(head);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.ending()).isEqualTo(Ending.ABORTED);
        assertThat(response.body()).isEqualTo(Arrays.copyOf(HALF, response.body().length));
        assertThat(client.awaitClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aBodyThatTheUpstreamCutsShortIsAborted(boolean chunked, boolean orderly) {
        Client client = get(path(SuiteRoute.PLAIN, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        ReceivedResponse head = receiveHalf(client, upstream, chunked);
        if (orderly) {
            upstream.close();
        } else {
            upstream.reset();
        }
        assertAborted(client, head);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatIsCutShortBeforeItsFirstByteIsAborted(boolean chunked) {
        Client client = get(path(SuiteRoute.PLAIN, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        upstream.send(
                "HTTP/1.1 200 OK\r\n" + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: 9") + "\r\n\r\n");
        ReceivedResponse head = client.receiveHead();
        upstream.close();
        assertAborted(client, head);
    }

    /**
     * Where the end of the connection could pass for that of the body, an orderly one would be a lie. Tomcat leaves a web
     * application no other end for HTTP/1.0.
     */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1\r\nConnection: close", "HTTP/1.0", "HTTP/1.0\r\nConnection: keep-alive"})
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "for HTTP/1.0 it ends like a whole one: a web application cannot reset the socket")
    void aBodyCutShortIsAbortedForAClientWhoseConnectionWouldEndWithItToo(String version) {
        Client client = client();
        client.send("GET " + path(SuiteRoute.PLAIN, "/a") + " " + version + "\r\nHost: " + authority() + "\r\n\r\n");
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        ReceivedResponse head = receiveHalf(client, upstream, true);
        upstream.close();
        boolean tomcat = home() == Home.TOMCAT_11 || home() == Home.TOMCAT_10_1;
        Ending ending = tomcat && version.startsWith("HTTP/1.0") ? Ending.COMPLETE : Ending.ABORTED;
        assertThat(client.receiveBody(head).ending()).isEqualTo(ending);
    }

    @Test
    void aBrokenChunkIsAborted() {
        Client client = get(path(SuiteRoute.PLAIN, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        ReceivedResponse head = receiveHalf(client, upstream, true);
        upstream.send(new byte[200_000]).send("no chunk size\r\n");
        ReceivedResponse response = client.receiveBody(head);
        assertThat(response.ending()).isEqualTo(Ending.ABORTED);
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatStallsIsAborted(boolean chunked) {
        Client client = get(path(SuiteRoute.QUICK, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.QUICK).accept().skipRequest();
        ReceivedResponse head = receiveHalf(client, upstream, chunked);
        assertAborted(client, head);
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aBodyThatMovesSlowlyButMovesIsNotCut() {
        Client client = get(path(SuiteRoute.QUICK, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.QUICK).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        ReceivedResponse head = client.receiveHead();
        for (int second = 0; second < 5; second++) {
            assertThat(pause(client, 400)).isFalse();
            upstream.send("x");
            assertThat(client.readBody(1)).isEqualTo(new byte[] {'x'});
        }
        assertThat(head.status()).isEqualTo(200);
    }

    /** Watches a connection for so long; whether it ended. */
    private static boolean pause(Client client, int millis) {
        client.patience(Duration.ofMillis(millis));
        boolean ended = client.awaitClosed();
        client.patience(Duration.ofSeconds(10));
        return ended;
    }

    @Test
    void anExchangeThatTakesTooLongIsAborted() {
        Client client = get(path(SuiteRoute.TOTAL, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.TOTAL).accept().skipRequest();
        assertAborted(client, receiveHalf(client, upstream, false));
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aClientThatStopsReadingIsAbortedAndItsUpstreamReleased() {
        Client client = client(8192);
        client.send("GET " + path(SuiteRoute.QUICK, "/a") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
        OriginConnection upstream = origin(SuiteRoute.QUICK).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        assertThatThrownBy(() -> upstream.send(new byte[100_000_000])).isInstanceOf(UncheckedIOException.class);
        assertThat(client.awaitClosed()).isTrue();
    }
}
