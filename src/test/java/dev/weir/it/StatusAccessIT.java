package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code status.json} is for this machine alone: not for what a page of another site, or a proxy, lets others ask. */
class StatusAccessIT extends BehaviourSuite {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:9", "localhost", "LOCALHOST:80", "[::1]:8080"})
    void loopbackWithALiteralHostIsLetIn(String host) {
        ReceivedResponse client = status(host, "");
        assertThat(client.status()).isEqualTo(200);
        assertThat(client.field("Content-Type")).isEqualTo("application/json");
        assertThat(client.field("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "weir:8080", "localhost."})
    void aHostThatIsAnotherNameIsNot(String host) {
        assertRefused(status(host, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Proto: http",
                "x-forwarded-anything: 1",
                "Forwarded: for=127.0.0.1",
                "X-Real-IP: 127.0.0.1",
                "Via: 1.1 nginx"
            })
    void aRequestThatAProxyPassedOnIsNot(String field) {
        assertRefused(status("localhost", field + "\r\n"));
    }

    @Test
    void anotherPageThereIsNotFound() {
        ReceivedResponse client = get(weir().contextPath() + "/-/nothing", "").receiveResponse();
        assertThat(client.status()).isEqualTo(404);
        assertThat(client.field("Proxy-Status")).isEqualTo("weir; details=\"no-route\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE"})
    void itIsReadAndNothingElse(String method) {
        ReceivedResponse client = client().send(
                        "%s %s/-/status.json HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                                .formatted(method, weir().contextPath()))
                .receiveResponse();
        if (method.equals("TRACE") && home() == Home.JETTY) {
            // Its webdefault-ee11.xml forbids TRACE to every application.
            assertThat(client.status()).isEqualTo(403);
            return;
        }
        assertThat(client.status()).isEqualTo(405);
        assertThat(client.field("Allow")).contains("GET").doesNotContain("POST", "PUT", "DELETE", "TRACE");
        if (!method.equals("TRACE")) {
            assertThat(client.text()).doesNotContain("TRACE");
        }
    }

    @Test
    void itSaysHowFullItIs() {
        origin(SuiteRoute.PLAIN);
        var waiting = client().send(get(SuiteRoute.PLAIN));
        var upstream = origin(SuiteRoute.PLAIN).accept().skipRequest();
        Status status = Status.of(weir());
        assertThat(status.inFlight()).isEqualTo(1);
        assertThat(status.leased()).isEqualTo(1);
        assertThat(status.destination("http://" + SuiteRoute.PLAIN.authority())).containsEntry("leased", 1);
        upstream.send(OK);
        assertThat(waiting.receiveResponse().text()).isEqualTo("ok");
    }

    private ReceivedResponse status(String host, String fields) {
        return client().send("GET " + weir().contextPath() + "/-/status.json HTTP/1.1\r\nHost: " + host + "\r\n"
                        + fields + "\r\n")
                .receiveResponse();
    }

    private static void assertRefused(ReceivedResponse client) {
        assertThat(client.status()).isEqualTo(403);
        assertThat(client.field("Proxy-Status")).isEqualTo("weir; error=http_request_denied; details=\"denied\"");
        assertThat(client.text()).startsWith("denied: ").doesNotContain("inFlight");
    }
}
