package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.BadValueException;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamUrl;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "edge.test, http://edge.test, true",
        "edge.test, https://EDGE.test/x, true",
        "edge.test, http://edge.test:8080, false",
        "edge.test:8080, http://edge.test:8080, true",
        "edge.test:8080, http://edge.test, false",
        "edge.test., http://edge.test, true",
        "edge.test, http://edge.test.org, false",
        "'a.test, 192.0.2.1:8080', http://192.0.2.1:8080/a, true",
        "192.0.2.1:8080, http://192.0.2.10:8080, false",
        "[2001:db8::1]:8080, http://[2001:DB8:0::1]:8080, true",
        "none, http://none, false"
    })
    void aProxyToThatLeadsToAnOwnNameIsAProblem(String self, String proxyTo, boolean own) {
        assertThat(Given.route("proxyTo", proxyTo)
                        .contextParam("weir.selfAddresses", self)
                        .problems())
                .as("%s is %s", proxyTo, self)
                .hasSize(own ? 1 : 0)
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("proxyTo of route proxy: " + UpstreamUrl.parse(proxyTo))
                        .contains("one of selfAddresses"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a,,b", "http://edge.test", "edge.test:0", "edge.test:65536", "[1.2.3.4]", "::1", "a b"})
    void anythingElseIsNotTaken(String text) {
        assertThatThrownBy(() -> SharedParameters.SELF_ADDRESSES.parse(text)).isInstanceOf(BadValueException.class);
    }

    @Test
    void addressesAreToldApartFromNames() {
        assertThat(SharedParameters.SELF_ADDRESSES
                        .parse("edge.test:1, 192.0.2.1, [::1]:3")
                        .addresses())
                .containsExactly(
                        new InetSocketAddress("192.0.2.1", 80),
                        new InetSocketAddress("192.0.2.1", 443),
                        new InetSocketAddress("::1", 3));
    }
}
