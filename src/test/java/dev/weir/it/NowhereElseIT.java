package dev.weir.it;

import static dev.weir.it.SuiteRoute.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No request, whatever it names, leads out of the upstream's base path or to anybody but the configured upstream. */
@Conforms(title = "Nowhere else", to = "RFC 9112 §3.2, RFC 3986 §5.2.4")
class NowhereElseIT extends BehaviourSuite {
    private Origin evil;

    @BeforeEach
    void listenElsewhere() {
        evil = new Origin().answerAll(request -> Origin.ok("evil"));
    }

    @AfterEach
    void nobodyCame() {
        evil.close();
        assertThat(evil.connections())
                .as("connections to a server that is no upstream")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../",
                "/../other",
                "/a/../../other",
                "/%2e%2e/other",
                "/%2E./other",
                "/.%2e",
                "/..;x=1/other",
                "/..;/other",
                "/%2e%2e;a/b",
                "/..%2fother",
                "/..%2Fother",
                "/a%2f..%2f..%2fother",
                "/..%5cother",
                "/..%5Cother",
                "/..\\other",
                "/%2e%2e%2f%2e%2e",
                "//../..",
                "/./../other"
            })
    void aTargetThatClimbsIsRefused(String rest) {
        Seen seen = exchange(APP, head("GET " + path(APP, rest)));
        assertThat(seen.reachedUpstream()).as("%s", seen.received()).isFalse();
        // What the container resolves to another path is no route's, or none of this application's: it answers that.
        assertThat(seen.client().status()).isIn(302, 400, 404);
        assertThat(seen.client().text()).doesNotContain("Exception", "at org.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..;x=1/other", "/..%2fother", "/..%5cother", "/a%2f..%2f..%2fother", "/%2e%2e%2fother"})
    void aClimbThatOnlyTheUpstreamWouldSeeIsRefusedInOurForm(String rest) {
        Seen seen = exchange(SuiteRoute.NESTED, head("GET " + path(SuiteRoute.NESTED, rest)));
        assertThat(seen.reachedUpstream()).as("%s", seen.received()).isFalse();
        assertThat(seen.client().text()).containsAnyOf("bad-target: ", "no-route: ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET http://%s/app/x HTTP/1.1, %s",
        "GET http://%s/app/x HTTP/1.1, weir",
        "GET http://%s%s/app/x HTTP/1.1, %s",
        "GET http://weir@%s/app/x HTTP/1.1, weir",
        "GET //%s/app/x HTTP/1.1, weir",
        "GET ///%s/app/x HTTP/1.1, weir",
        "GET \\\\%s/app/x HTTP/1.1, weir",
        "GET @%s/app/x HTTP/1.1, weir",
        "GET %s HTTP/1.1, weir",
        "GET app.%s/x HTTP/1.1, weir",
        "OPTIONS * HTTP/1.1, %s",
        "CONNECT %s HTTP/1.1, %s",
        "PRI * HTTP/2.0, %s"
    })
    void noFormOfTargetNamesAnotherServer(String line, String host) {
        List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
        APP.origin().answerAll(request -> {
            received.add(request);
            return Origin.ok("mine");
        });
        String named = line.replaceFirst("%s/app", elsewhere() + weir().contextPath() + "/app")
                .replace("%s", elsewhere());
        ReceivedResponse response = firstAnswer(
                client().send(named + "\r\nHost: " + (host.equals("weir") ? authority() : elsewhere()) + "\r\n\r\n"));
        if (response != null) {
            assertThat(response.text()).doesNotContain("evil");
        }
        assertThat(received).allSatisfy(request -> {
            assertThat(request.target()).startsWith("/app/");
            assertThat(request.field("Host")).isEqualTo(APP.authority());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//%s/",
                "///%s/",
                "/\\\\%s/",
                "/http://%s/",
                "/@%s/",
                "@%s/",
                ":80@%s/",
                ".%s/",
                "?@%s/",
                "/a?http://%s/",
                "/%%2f%%2f%s/",
                "/;@%s/",
                ";@%s/"
            })
    void nothingBehindThePrefixNamesAnotherServer(String rest) {
        Seen seen = exchange(APP, head("GET " + path(APP, String.format(rest, elsewhere()))));
        if (seen.reachedUpstream()) {
            assertThat(seen.upstream().target()).startsWith("/app");
            assertThat(seen.upstream().field("Host")).isEqualTo(APP.authority());
        } else {
            assertThat(seen.client().status()).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "Proxy-Connection"})
    void noFieldNamesAnotherServer(String name) {
        String value = name.equals("Forwarded") ? "host=" + elsewhere() : elsewhere();
        String host = name.equals("Host") ? "" : "Host: " + authority() + "\r\n";
        Seen seen = exchange(APP, "GET " + path(APP, "/a") + " HTTP/1.1\r\n" + host + name + ": " + value + "\r\n\r\n");
        assertThat(seen.upstream().field("Host")).isEqualTo(APP.authority());
        assertThat(seen.client().text()).isEqualTo("ok");
    }

    private String elsewhere() {
        return "127.0.0.1:" + evil.port();
    }

    /** The first answer, null where the connection is closed without one. */
    private static ReceivedResponse firstAnswer(Client client) {
        client.finish();
        try {
            return client.receiveResponse();
        } catch (AssertionError closed) {
            return null;
        }
    }
}
