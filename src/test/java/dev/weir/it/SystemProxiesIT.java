package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Whatever proxy the machine or the JVM names, upstreams are asked directly, and the log says what was ignored. */
class SystemProxiesIT {
    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void nothingIsSentThroughAProxyOfTheSystem(Home home) {
        try (Origin proxy = new Origin().answerAll(request -> Origin.ok("proxy"));
                Origin origin = new Origin().answerAll(request -> Origin.ok("upstream"));
                RunningWeir weir = home.start(behind(proxy, origin));
                Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + "/p/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.receiveResponse().text()).isEqualTo("upstream");
            assertThat(origin.connections()).isEqualTo(1);
            assertThat(proxy.connections()).isZero();
            assertThat(weir.log())
                    .containsOnlyOnce("found and ignored: http_proxy, HTTPS_PROXY, all_proxy, NO_PROXY,"
                            + " -Dhttp.proxyHost, -Dhttps.proxyHost, -DsocksProxyHost, -Djava.net.useSystemProxies.")
                    .doesNotContain("secret");
        }
    }

    /** Loopback is not exempt, as it would be by default. */
    private static Deployment behind(Origin proxy, Origin origin) {
        String port = Integer.toString(proxy.port());
        String uri = "http://user:secret@127.0.0.1:" + port;
        return Deployment.of(RouteSpec.to("/p", origin.uri()))
                .environment("http_proxy", uri)
                .environment("HTTPS_PROXY", uri)
                .environment("all_proxy", "socks5://127.0.0.1:" + port)
                .environment("NO_PROXY", "none.invalid")
                .systemProperty("http.proxyHost", "127.0.0.1")
                .systemProperty("http.proxyPort", port)
                .systemProperty("https.proxyHost", "127.0.0.1")
                .systemProperty("https.proxyPort", port)
                .systemProperty("http.nonProxyHosts", "")
                .systemProperty("socksProxyHost", "127.0.0.1")
                .systemProperty("socksProxyPort", port)
                .systemProperty("socksNonProxyHosts", "")
                .systemProperty("java.net.useSystemProxies", "true");
    }
}
