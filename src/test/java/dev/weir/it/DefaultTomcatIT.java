package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a Tomcat whose connector is as it was shipped, less passes, and nothing that fails is answered with a page of its. */
class DefaultTomcatIT extends BehaviourSuite {
    @Override
    Deployment deployment() {
        return SharedWeirs.onDefaultConnector();
    }

    @BeforeEach
    void onTomcat() {
        assumeTrue(home() == Home.TOMCAT_11 || home() == Home.TOMCAT_10_1, "Tomcat's defaults");
    }

    @Test
    void aRequestPasses() {
        assertThat(exchange(PLAIN, get(PLAIN)).client().text()).isEqualTo("ok");
    }

    @Test
    void aResponseHeadOf7KiBPasses() {
        String value = "a".repeat(7 * 1024);
        assertThat(exchange(PLAIN, get(PLAIN), ResponseFieldsIT.response("X-Large: " + value))
                        .client()
                        .field("X-Large"))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 31})
    void aResponseHeadThatTheConnectorCannotCarryIsABadGateway(int kibibytes) {
        Seen seen = exchange(PLAIN, get(PLAIN), ResponseFieldsIT.response("X-Large: " + "a".repeat(kibibytes * 1024)));
        HeadSizesIT.assertTooLarge(seen.client());
        assertThat(seen.client().field("X-Large")).isNull();
        assertThat(seen.client().text()).contains("maxHttpResponseHeaderSize");
    }

    @Test
    void aResponseHeadThatTheConnectorCannotCarryFailsWithAnyBody() {
        String head = "HTTP/1.1 200 OK\r\nX-Large: " + "a".repeat(10_000) + "\r\n";
        HeadSizesIT.assertTooLarge(
                exchange(PLAIN, get(PLAIN), head + "Content-Length: 0\r\n\r\n").client());
        HeadSizesIT.assertTooLarge(exchange(PLAIN, get(PLAIN), head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                .client());
        String large = "b".repeat(300_000);
        HeadSizesIT.assertTooLarge(exchange(PLAIN, get(PLAIN), head + "Content-Length: 300000\r\n\r\n" + large)
                .client());
    }

    @ParameterizedTest
    @ValueSource(strings = {"//a//b", "/a;v=1", "/a%25b", "/a?%&%zz", "/a?b=/../c"})
    void theRestPassesByteForByte(String rest) {
        assertThat(exchange(PLAIN, head("GET " + path(PLAIN, rest))).upstream().target())
                .isEqualTo(rest);
    }

    @Test
    void atTheBoundItPassesWholeOrIsABadGateway() {
        origin(PLAIN)
                .answerAll(request -> ResponseFieldsIT.response(
                                "X-Large: " + "a".repeat(Integer.parseInt(request.field("X-Length"))))
                        .getBytes());
        for (int length = 7600; length < 8300; length += 20) {
            ReceivedResponse client =
                    client().send(get(PLAIN, "X-Length: " + length)).receiveResponse();
            if (client.status() == 200) {
                assertThat(client.field("X-Large")).hasSize(length);
                assertThat(client.text()).isEqualTo("ok");
            } else {
                HeadSizesIT.assertTooLarge(client);
            }
        }
    }

    @Test
    void traceIsRefusedInOurForm() {
        Seen seen = exchange(PLAIN, head("TRACE " + path(PLAIN, "/a")));
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isEqualTo(405);
        assertThat(seen.client().field("Proxy-Status")).isEqualTo("weir; details=\"trace-refused\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb", "/a%5Cb", "/a|b", "/a?{b}"})
    void whatTheRecommendedSettingsLetPassIsRefused(String rest) {
        Seen seen = exchange(PLAIN, head("GET " + path(PLAIN, rest)));
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isEqualTo(400);
    }
}
