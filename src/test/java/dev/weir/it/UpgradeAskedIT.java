package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are ordinary ones although they say {@code Upgrade}. */
@Conforms(title = "Upgrades that are ordinary requests", to = "RFC 9110 §7.8, RFC 9113 §3.1")
class UpgradeAskedIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;

    @Test
    void anUpgradeToH2cIsNeverPassedOn() {
        Seen seen = exchange(
                ROUTE, get(ROUTE, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"));
        assertOrdinary(seen.upstream());
        assertThat(seen.client().status()).isEqualTo(200);
    }

    @Test
    void anHttp10ClientCannotUpgrade() {
        Seen seen = exchange(
                ROUTE,
                "GET " + path(ROUTE, "/a") + " HTTP/1.0\r\nHost: " + authority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n\r\n");
        assertOrdinary(seen.upstream());
        assertThat(seen.client().status()).isEqualTo(200);
    }

    private static void assertOrdinary(ReceivedRequest request) {
        assertThat(request.field("Upgrade")).isNull();
        assertThat(request.field("Connection")).isNull();
        assertThat(request.field("HTTP2-Settings")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "any-thing/7.3"})
    void anythingElseIsAskedFor(String protocol) {
        Seen seen = exchange(ROUTE, get(ROUTE, "Connection: Upgrade", "Upgrade: " + protocol));
        assertThat(seen.upstream().field("Upgrade")).isEqualTo(protocol);
        assertThat(seen.client().status()).isEqualTo(200);
    }
}
