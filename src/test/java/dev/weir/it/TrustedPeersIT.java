package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedRequest;
import org.junit.jupiter.api.Test;

/** What a listed peer says of those before it is believed, and appended to. */
@Conforms(title = "Peers that are trusted", to = "RFC 7239 §8.1")
class TrustedPeersIT extends BehaviourSuite {
    @Override
    Deployment deployment() {
        return super.deployment().shared("trustedPeers", "10.0.0.0/8, 127.0.0.0/8");
    }

    @Test
    void whatATrustedPeerSaysIsAppendedTo() {
        ReceivedRequest upstream = exchange(
                        PLAIN,
                        get(
                                PLAIN,
                                "Forwarded: for=192.0.2.60;proto=https;host=www.example.test",
                                "X-Forwarded-For: 192.0.2.60, 10.1.1.1",
                                "X-Forwarded-For: 10.2.2.2",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: www.example.test",
                                "X-Forwarded-Port: 443",
                                "X-Forwarded-Prefix: /outer",
                                "X-Real-IP: 192.0.2.60"))
                .upstream();
        assertThat(String.join(", ", upstream.values("Forwarded")))
                .isEqualTo("for=192.0.2.60;proto=https;host=www.example.test, for=127.0.0.1;host=\"" + authority()
                        + "\";proto=http");
        assertThat(String.join(", ", upstream.values("X-Forwarded-For")))
                .isEqualTo("192.0.2.60, 10.1.1.1, 10.2.2.2, 127.0.0.1");
        assertThat(upstream.field("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(upstream.field("X-Forwarded-Host")).isEqualTo("www.example.test");
        assertThat(upstream.field("X-Forwarded-Port")).isEqualTo("443");
        assertThat(upstream.field("X-Forwarded-Prefix")).isEqualTo("/outer" + path(PLAIN, ""));
        assertThat(upstream.field("X-Real-IP")).isEqualTo("192.0.2.60");
    }

    @Test
    void aTrustedPeerThatSaysNothingIsTheClient() {
        ReceivedRequest upstream = exchange(PLAIN, get(PLAIN)).upstream();
        assertThat(upstream.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(upstream.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(upstream.field("X-Real-IP")).isEqualTo("127.0.0.1");
    }
}
