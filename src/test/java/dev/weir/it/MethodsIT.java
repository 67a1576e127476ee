package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static dev.weir.it.SuiteRoute.TRACED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method passes as it was spelled, but for TRACE, which would tell a page what its browser keeps from it. */
@Conforms(title = "Methods", to = "RFC 9110 §9; RFC 9110 §9.3.8 for TRACE")
class MethodsIT extends BehaviourSuite {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "HEAD",
                "DELETE",
                "OPTIONS",
                "PURGE",
                "PROPFIND",
                "M-SEARCH",
                "POST",
                "PUT",
                "PATCH",
                "get",
                "Purge"
            })
    void aMethodPassesWithoutABody(String method) {
        Seen seen = exchange(PLAIN, head(method + " " + path(PLAIN, "/a")));
        assertThat(seen.upstream().requestLine()).isEqualTo(method + " /a HTTP/1.1");
        assertThat(seen.client().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "PURGE", "PROPFIND", "POST", "PUT", "PATCH"})
    void aMethodPassesWithABody(String method) {
        Seen counted = exchange(PLAIN, head(method + " " + path(PLAIN, "/a"), "Content-Length: 4") + "body");
        assertThat(counted.upstream().text()).isEqualTo("body");
        assertThat(counted.upstream().field("Content-Length")).isEqualTo("4");
        Seen chunked = exchange(
                PLAIN, head(method + " " + path(PLAIN, "/a"), "Transfer-Encoding: chunked") + "4\r\nbody\r\n0\r\n\r\n");
        assertThat(chunked.upstream().method()).isEqualTo(method);
        assertThat(chunked.upstream().text()).isEqualTo("body");
    }

    @Test
    void optionsIsTheUpstreamsToAnswer() {
        ReceivedResponse client = exchange(
                        PLAIN, head("OPTIONS " + path(PLAIN, "/a")), "HTTP/1.1 204 No\r\nAllow: GET, BREW\r\n\r\n")
                .client();
        assertThat(client.status()).isEqualTo(204);
        assertThat(client.field("Allow")).isEqualTo("GET, BREW");
    }

    @Test
    void headKeepsTheLengthThatAGetWouldHave() {
        ReceivedResponse client = exchange(
                        PLAIN, head("HEAD " + path(PLAIN, "/a")), "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n")
                .client();
        assertThat(client.field("Content-Length")).isEqualTo("1234");
    }

    @Test
    @FallsShort(in = Home.JETTY, why = "403 from its own webdefault-ee11.xml")
    void traceIsRefused() {
        Seen seen = exchange(PLAIN, head("TRACE " + path(PLAIN, "/a"), "Cookie: secret=1"));
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().text()).doesNotContain("secret");
        if (home() == Home.JETTY) {
            // Its webdefault-ee11.xml forbids TRACE to every application.
            assertThat(seen.client().status()).isEqualTo(403);
            return;
        }
        assertThat(seen.client().status()).isEqualTo(405);
        assertThat(seen.client().field("Allow")).contains("GET", "POST").doesNotContain("TRACE");
        assertThat(seen.client().field("Proxy-Status")).isEqualTo("weir; details=\"trace-refused\"");
        assertThat(seen.client().text()).startsWith("trace-refused: ");
    }

    @Test
    @FallsShort(in = Home.JETTY, why = "403 from its own webdefault-ee11.xml")
    void tracePassesWhereTheRouteLetsItExceptInAnExternalJetty() {
        Seen seen = exchange(TRACED, head("TRACE " + path(TRACED, "/a")));
        if (home() == Home.JETTY) {
            assertThat(seen.client().status()).isEqualTo(403);
            return;
        }
        assertThat(seen.upstream().requestLine()).isEqualTo("TRACE /a HTTP/1.1");
        assertThat(seen.client().text()).isEqualTo("ok");
    }

    @Test
    void optionsOfTheWholeServerIsAnsweredAndGoesNowhere() {
        ReceivedResponse client = client().send("OPTIONS * HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n")
                .receiveResponse();
        assertThat(client.status()).isEqualTo(200);
        if (home() == Home.LAUNCHER) {
            assertThat(client.field("Allow")).isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
            assertThat(client.field("Content-Length")).isEqualTo("0");
        }
        assertThat(origin(PLAIN).connections()).isZero();
    }

    @Test
    void connectLeadsNowhere() {
        ReceivedResponse client = client().send(
                        "CONNECT " + PLAIN.authority() + " HTTP/1.1\r\nHost: " + PLAIN.authority() + "\r\n\r\n")
                .receiveResponse();
        assertThat(client.status()).isBetween(400, 501);
        assertThat(origin(PLAIN).connections()).isZero();
    }
}
