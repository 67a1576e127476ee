package dev.weir.it;

import static dev.weir.it.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails before the response head is through is answered by Weir, with the contract's status and reason. */
@Conforms(title = "Failures before the head", to = "RFC 9110 §15.6, RFC 9209")
class FailureBeforeHeadIT extends BehaviourSuite {
    private static final byte[] MEGABYTE = new byte[1 << 20];

    private Client get(SuiteRoute route) {
        return get(path(route, "/a"), "");
    }

    private static void assertNotBefore(long start, Duration bound) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(bound);
    }

    private Client upload(SuiteRoute route, long length) {
        return client().send("POST " + path(route, "/a") + " HTTP/1.1\r\nHost: " + authority() + "\r\nContent-Length: "
                + length + "\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "DEAD, 502, connect-refused, connection_refused",
        "NAMELESS, 502, dns, dns_error",
        "SATURATED, 504, connect-timeout, connection_timeout"
    })
    void anUpstreamThatCannotBeReachedIsNamedByItsReason(SuiteRoute route, int status, String outcome, String error) {
        assertRefused(get(route).receiveResponse(), status, outcome, error);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_OTHER_NAME", "TLS_UNTRUSTED"})
    void anUpstreamWhoseCertificateIsNoProofIsNotSpokenTo(SuiteRoute route) {
        List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
        origin(route).answerAll(request -> {
            received.add(request);
            return Origin.ok("secret");
        });
        assertRefused(get(route).receiveResponse(), 502, "tls", "tls_certificate_error");
        assertThat(received).isEmpty();
    }

    @Test
    void anUpstreamThatSpeaksNoTlsIsATlsFailure() {
        Client client = get(SuiteRoute.TLS_SPOKEN_TO_PLAIN);
        origin(SuiteRoute.TLS_SPOKEN_TO_PLAIN).accept().send("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertRefused(client.receiveResponse(), 502, "tls", "tls_protocol_error");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUpstreamThatClosesInsteadOfAnsweringIsClosed(boolean orderly) {
        Client client = get(SuiteRoute.PLAIN);
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        if (orderly) {
            upstream.close();
        } else {
            upstream.reset();
        }
        assertRefused(client.receiveResponse(), 502, "closed", "connection_terminated");
    }

    @Test
    void anUpstreamThatClosesWithinItsHeadIsClosed() {
        Client client = get(SuiteRoute.PLAIN);
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Le").close();
        assertRefused(client.receiveResponse(), 502, "closed", "connection_terminated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/7.9 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nNa me: value\r\n\r\n",
                "HTTP/1.1 200 OK\r\nNoColon\r\n\r\n"
            })
    void whatIsNoHttpResponseIsInvalid(String answer) {
        Client client = get(SuiteRoute.PLAIN);
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        upstream.send(answer);
        assertRefused(client.receiveResponse(), 502, "invalid-response", "http_protocol_error");
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aHeadBeyondItsBoundIsTooLarge() {
        Client client = get(SuiteRoute.PLAIN);
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nX-A: " + "a".repeat(40 * 1024) + "\r\nContent-Length: 0\r\n\r\n");
        assertRefused(client.receiveResponse(), 502, "response-head-too-large", "http_response_header_section_size");
    }

    @Test
    void aHeadWithoutEndIsTooLarge() {
        Client client = get(SuiteRoute.PLAIN);
        OriginConnection upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\n");
        try {
            for (int field = 0; field < 700; field++) {
                upstream.send("X-" + field + ": " + "a".repeat(50) + "\r\n");
            }
        } catch (UncheckedIOException hungUp) {
            // Weir does, as soon as it has seen enough.
        }
        assertRefused(client.receiveResponse(), 502, "response-head-too-large", "http_response_header_section_size");
    }

    @Test
    void aHeadThatDoesNotComeInTimeIsAResponseTimeout() {
        long start = System.nanoTime();
        Client client = get(SuiteRoute.QUICK);
        OriginConnection upstream = origin(SuiteRoute.QUICK).accept().skipRequest();
        assertRefused(client.receiveResponse(), 504, "response-timeout", "http_response_timeout");
        assertNotBefore(start, Duration.ofSeconds(1));
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aHeadThatTricklesInIsNoProgress() {
        Client client = get(SuiteRoute.QUICK);
        OriginConnection upstream = origin(SuiteRoute.QUICK).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nX-A: ");
        assertRefused(client.receiveResponse(), 504, "response-timeout", "http_response_timeout");
    }

    @Test
    void aClientThatStopsSendingIsAClientTimeout() {
        Client client = upload(SuiteRoute.QUICK, 10).send("12345");
        OriginConnection upstream = origin(SuiteRoute.QUICK).accept();
        assertRefused(client.receiveResponse(), 408, "client-timeout", null);
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void anUpstreamThatStopsTakingTheRequestIsAnIdleTimeout() {
        Client client = upload(SuiteRoute.QUICK, 1L << 30);
        origin(SuiteRoute.QUICK).accept().receiveHead();
        client.sendUntilStalled(MEGABYTE, Duration.ofMillis(300));
        assertRefused(client.receiveResponse(), 504, "idle-timeout", "connection_write_timeout");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUpstreamThatClosesInsteadOfAgreeingOnTlsIsATlsFailureAtOnce(boolean orderly) {
        Client client = get(SuiteRoute.TLS_SPOKEN_TO_PLAIN);
        OriginConnection upstream = origin(SuiteRoute.TLS_SPOKEN_TO_PLAIN).accept();
        await().until(() -> !upstream.closed() && upstream.receivedBytes() > 0); // before, it counts as refused
        if (orderly) {
            upstream.finish();
        } else {
            upstream.reset();
        }
        assertRefused(client.receiveResponse(), 502, "tls", "tls_protocol_error");
    }

    @Test
    void aTlsHandshakeThatNeverComesAboutEnds() {
        long start = System.nanoTime();
        Client client = get(SuiteRoute.TLS_SPOKEN_TO_PLAIN);
        OriginConnection upstream = origin(SuiteRoute.TLS_SPOKEN_TO_PLAIN).accept();
        assertRefused(client.receiveResponse(), 504, "tls-timeout", "connection_timeout");
        assertNotBefore(start, Duration.ofSeconds(3));
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void anExchangeThatTakesTooLongAltogetherIsATotalTimeout() {
        Client client = get(SuiteRoute.TOTAL);
        OriginConnection upstream = origin(SuiteRoute.TOTAL).accept().skipRequest();
        assertRefused(client.receiveResponse(), 504, "total-timeout", "http_response_timeout");
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aRefusedHeadRequestHasNoBody() {
        Client client =
                client().send("HEAD " + path(SuiteRoute.DEAD, "/a") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
        assertThat(client.receiveResponse(true).status()).isEqualTo(502);
        client.send("GET " + path(SuiteRoute.DEAD, "/a") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
        assertThat(client.receiveResponse().text()).startsWith("connect-refused: ");
    }

    @Test
    void theConnectionOfARefusedClientGoesOn() {
        Client client = get(SuiteRoute.DEAD);
        assertThat(client.receiveResponse().status()).isEqualTo(502);
        client.send("GET " + path(SuiteRoute.PLAIN, "/a") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
        origin(SuiteRoute.PLAIN).accept().skipRequest().send(Payload.ok("fine".getBytes()));
        assertThat(client.receiveResponse().text()).isEqualTo("fine");
    }
}
