package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemProxiesTest {
    private static Given configured() {
        return Given.route("proxyTo", "http://127.0.0.1:9");
    }

    @Test
    void oneNoteNamesAllThatWereFoundAndNoValue() {
        assertThat(configured()
                        .environment("http_proxy", "http://user:secret@proxy.test:3128")
                        .environment("HTTPS_PROXY", "proxy.test")
                        .environment("ALL_PROXY", "socks5://proxy.test")
                        .environment("no_proxy", "localhost")
                        .systemProperty("http.proxyHost", "proxy.test")
                        .systemProperty("https.proxyHost", "proxy.test")
                        .systemProperty("socksProxyHost", "proxy.test")
                        .systemProperty("java.net.useSystemProxies", "true")
                        .read()
                        .notes())
                .singleElement()
                .asString()
                .contains("found and ignored: http_proxy, HTTPS_PROXY, ALL_PROXY, no_proxy, -Dhttp.proxyHost,"
                        + " -Dhttps.proxyHost, -DsocksProxyHost, -Djava.net.useSystemProxies.")
                .doesNotContain("secret", "proxy.test");
    }

    @Test
    void whatIsEmptyOrOffIsNotFound() {
        assertThat(configured()
                        .environment("http_proxy", "")
                        .systemProperty("http.proxyHost", " ")
                        .systemProperty("java.net.useSystemProxies", "false")
                        .read()
                        .notes())
                .isEmpty();
    }
}
