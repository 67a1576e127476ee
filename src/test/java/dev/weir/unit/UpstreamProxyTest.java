package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.BadValueException;
import dev.weir.config.SharedParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamProxyTest {
    @ParameterizedTest
    @CsvSource({
        "http://proxy.test:3128, http://proxy.test:3128",
        "HTTP://Proxy.test:3128/, http://proxy.test:3128",
        "socks5://[::1]:1080, socks5://[::1]:1080"
    })
    void aProxyHasASchemeAHostAndAPort(String text, String shown) {
        assertThat(SharedParameters.UPSTREAM_PROXY.parse(text)).hasToString("Optional[" + shown + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.test:3128",
                "http://proxy.test",
                "https://a.test:1",
                "socks4://a.test:1",
                "http://a.test:0",
                "http://a.test:65536",
                "http://a.test:1/path",
                "http://[1.2.3.4]:1"
            })
    void anythingElseIsNotTaken(String text) {
        assertThatThrownBy(() -> SharedParameters.UPSTREAM_PROXY.parse(text)).isInstanceOf(BadValueException.class);
    }

    @Test
    void credentialsAreRefusedAndNotShown() {
        assertThat(Given.route("proxyTo", "http://127.0.0.1:9")
                        .contextParam("weir.upstreamProxy", "http://user:secret@proxy.test:3128")
                        .problems())
                .singleElement()
                .asString()
                .contains("without user info", "***@")
                .doesNotContain("secret");
    }

    @Test
    void oneOfOurOwnAddressesIsNoProxy() {
        assertThat(Given.route("proxyTo", "http://127.0.0.1:9")
                        .contextParam("weir.upstreamProxy", "http://edge.test:80")
                        .contextParam("weir.selfAddresses", "edge.test")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("upstreamProxy: http://edge.test:80");
    }
}
