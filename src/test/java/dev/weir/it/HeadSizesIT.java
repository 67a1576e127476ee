package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads pass up to {@code maxRequestHeadersSize} and {@code maxResponseHeadersSize}; larger ones get our own answer. */
@Conforms(title = "Sizes of heads", to = "RFC 9110 §5.4, RFC 9112 §3")
class HeadSizesIT extends BehaviourSuite {
    private static final int REQUEST = 16 * 1024;
    private static final int RESPONSE = 32 * 1024;

    @Test
    void aRequestHeadOf16KiBPasses() {
        String value = "a".repeat(REQUEST - get(PLAIN, "X-Large: ").length());
        String request = get(PLAIN, "X-Large: " + value);
        assertThat(request).hasSize(REQUEST);
        assertThat(exchange(PLAIN, request).upstream().field("X-Large")).isEqualTo(value);
    }

    @Test
    void aRequestHeadOf16KiBInManyFieldsPasses() {
        String[] fields = new String[90];
        int room = (REQUEST - get(PLAIN).length()) / fields.length - "X-Many-00: \r\n".length();
        for (int i = 0; i < fields.length; i++) {
            fields[i] = String.format("X-Many-%02d: ", i) + "b".repeat(room);
        }
        ReceivedRequest upstream = exchange(PLAIN, get(PLAIN, fields)).upstream();
        assertThat(upstream.fields().stream()
                        .filter(field -> field.getKey().toLowerCase().startsWith("x-many")))
                .hasSize(fields.length);
    }

    @Test
    void aTargetOf8KiBPasses() {
        String rest = "/" + "t".repeat(4000) + "?" + "q".repeat(4000);
        assertThat(exchange(PLAIN, head("GET " + path(PLAIN, rest))).upstream().target())
                .isEqualTo(rest);
    }

    /** No larger than what is sent before the connector can have seen enough of it to hang up. */
    @ParameterizedTest
    @ValueSource(ints = {20, 30})
    @FallsShort(in = Home.JETTY, why = "431, without our own words")
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "400, without our own words")
    void aLargerRequestHeadIsRefused(int kibibytes) {
        Seen seen = exchange(PLAIN, get(PLAIN, "X-Large: " + "a".repeat(kibibytes * 1024)));
        assertThat(seen.reachedUpstream()).isFalse();
        OwnAnswersIT.assertGivesNothingAway(seen.client());
        // Only the launcher's connector knows us; the containers answer before any of our code runs.
        switch (home()) {
            case LAUNCHER -> {
                assertThat(seen.client().status()).isEqualTo(431);
                assertThat(seen.client().field("Proxy-Status")).isEqualTo("weir; details=\"request-head-too-large\"");
                assertThat(seen.client().text()).startsWith("request-head-too-large: ");
            }
            case JETTY -> assertThat(seen.client().status()).isEqualTo(431);
            case TOMCAT_11, TOMCAT_10_1 -> assertThat(seen.client().status()).isEqualTo(400);
        }
    }

    @Test
    void aResponseHeadOf32KiBPasses() {
        String value =
                "a".repeat(RESPONSE - ResponseFieldsIT.response("X-Large: ").length());
        ReceivedResponse client = exchange(PLAIN, get(PLAIN), ResponseFieldsIT.response("X-Large: " + value))
                .client();
        assertThat(client.status()).isEqualTo(200);
        assertThat(client.field("X-Large")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 9, 30})
    void aClientThatWantsItsConnectionClosedGetsItClosedHoweverLargeTheHead(int kibibytes) {
        origin(PLAIN)
                .answerAll(request -> ResponseFieldsIT.response("X-Large: " + "a".repeat(kibibytes * 1024))
                        .getBytes());
        Client client = client().send(get(PLAIN, "Connection: close"));
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.field("Connection")).isEqualTo("close");
        assertThat(response.text()).isEqualTo("ok");
        assertThat(client.awaitClosed()).isTrue();
    }

    @Test
    void manyCookiesPass() {
        String[] cookies = new String[60];
        for (int i = 0; i < cookies.length; i++) {
            cookies[i] = "Set-Cookie: c" + i + "=" + "v".repeat(450) + "; Path=/";
        }
        ReceivedResponse client =
                exchange(PLAIN, get(PLAIN), ResponseFieldsIT.response(cookies)).client();
        assertThat(client.values("Set-Cookie")).hasSize(60);
        assertThat(client.text()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 64, 1000})
    void aLargerResponseHeadIsABadGateway(int kibibytes) {
        ReceivedResponse client = exchange(
                        PLAIN, get(PLAIN), ResponseFieldsIT.response("X-Large: " + "a".repeat(kibibytes * 1024)))
                .client();
        assertTooLarge(client);
        assertThat(client.text()).contains("weir.maxResponseHeadersSize", "32768");
    }

    static void assertTooLarge(ReceivedResponse client) {
        assertThat(client.status()).isEqualTo(502);
        assertThat(client.field("Proxy-Status"))
                .isEqualTo("weir; error=http_response_header_section_size; details=\"response-head-too-large\"");
        assertThat(client.text()).startsWith("response-head-too-large: ");
    }
}
