package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A wrong configuration stops the start and says everything at once; other proxies' names are understood, and said. */
class ConfigurationIT {
    private static final URI ANYWHERE = URI.create("http://127.0.0.1:9");

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void everyProblemIsListedAndNothingIsServed(Home home) {
        FailedStart failed = home.failToStart(Deployment.of(RouteSpec.to("/proxy", ANYWHERE)
                        .with("maxConections", "5")
                        .with("responseTimeout", "10 parsecs")
                        .with("timeout", "-1"))
                .shared("maxHops", "1000")
                .shared("upstreamCert", "cert.pem")
                .systemProperty("weir.idelTimeout", "10s")
                .environment("WEIR_DRAIN_TIMEOUT", "soon"));
        assertThat(failed.error())
                .contains("maxConections", "Did you mean", "maxConnections")
                .contains("responseTimeout", "10 parsecs (expected: a duration from 1ms to 24h")
                .contains("timeout", "-1 (expected: a duration from 0 to 24h")
                .contains("maxHops", "1000 (expected: a whole number from 1 to 100)")
                .contains("upstreamCert", "does not have upstreamCert yet")
                .contains("weir.idelTimeout", "weir.idleTimeout")
                .contains("WEIR_DRAIN_TIMEOUT: soon");
        assertStopped(home, failed);
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anUpstreamUrlThatIsNoneStopsTheStart(Home home) {
        FailedStart failed = home.failToStart(
                Deployment.of(new RouteSpec("proxy", "/proxy", "ftp://user@127.0.0.1:99999/?x", Map.of())));
        assertThat(failed.error()).contains("expected: http://HOST:PORT/PATH").doesNotContain("user@");
        assertStopped(home, failed);
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void routesThatDisagreeAboutTheirUpstreamStopTheStart(Home home) {
        FailedStart failed = home.failToStart(Deployment.of(
                RouteSpec.to("/one", ANYWHERE).with("maxConnections", "5"),
                RouteSpec.to("/two", ANYWHERE).with("maxConnections", "6")));
        assertThat(failed.error()).contains("maxConnections", "one", "two");
        assertStopped(home, failed);
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void systemPropertiesWinOverTheEnvironmentAndThatOverTheDescriptor(Home home) {
        try (Origin first = new Origin().answerAll(request -> Origin.ok("property"));
                Origin second = new Origin().answerAll(request -> Origin.ok("environment"));
                RunningWeir weir = home.start(Deployment.untouched()
                        .systemProperty("weir.proxy.proxyTo", first.uri() + "/p")
                        .environment("WEIR_PROXY_PROXY_TO", second.uri() + "/e"))) {
            assertThat(answer(weir, "/proxy/a")).isEqualTo("property");
        }
        try (Origin origin = new Origin().answerAll(request -> Origin.ok(request.target()));
                RunningWeir weir =
                        home.start(Deployment.untouched().environment("WEIR_PROXY_PROXY_TO", origin.uri() + "/e"))) {
            assertThat(answer(weir, "/proxy/a")).isEqualTo("/e/a");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void aDescriptorWrittenForSmileysServletWorksAndSaysWhatBecameOfIt(Home home) {
        try (Origin origin =
                        new Origin().answerAll(request -> Origin.ok(request.target() + " " + request.field("Host")));
                RunningWeir weir = home.start(Deployment.of(new RouteSpec(
                        "solr",
                        "/solr",
                        null,
                        Map.of(
                                "targetUri", origin.uri() + "/base",
                                "log", "true",
                                "preserveHost", "true",
                                "forwardip", "true",
                                "http.maxConnections", "7",
                                "http.read.timeout", "5000",
                                "http.socket.timeout", "3000",
                                "http.connectionrequest.timeout", "-1",
                                "preserveCookies", "true",
                                "useSystemProperties", "false"))))) {
            assertThat(answer(weir, "/solr/a%2Bb")).isEqualTo("/base/a%2Bb localhost");
            assertThat(weir.log())
                    .contains("init-param targetUri of servlet solr: translated into proxyTo.")
                    .contains("init-param log of servlet solr: ignored, for ")
                    .contains("init-param forwardip of servlet solr: translated into forwarded.")
                    .contains("init-param http.maxConnections of servlet solr: translated into maxConnections.")
                    .contains("init-param http.read.timeout of servlet solr: translated into responseTimeout.")
                    .contains("init-param http.socket.timeout of servlet solr: ")
                    .contains("init-param preserveCookies of servlet solr: ignored, for ")
                    .contains("init-param useSystemProperties of servlet solr: ignored, for ");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void aDescriptorWrittenForJettysServletWorksAndSaysWhatBecameOfIt(Home home) {
        try (Origin origin =
                        new Origin().answerAll(request -> Origin.ok(request.target() + " " + request.field("Host")));
                RunningWeir weir = home.start(Deployment.of(new RouteSpec(
                        "jetty",
                        "/jetty",
                        origin.uri() + "/base",
                        Map.of(
                                "maxThreads", "128",
                                "selectors", "2",
                                "maxConnections", "32",
                                "timeout", "30000",
                                "hostHeader", "named.test",
                                "viaHost", "edge",
                                "whiteList", "127.0.0.1:" + origin.port()))))) {
            assertThat(answer(weir, "/jetty/a")).isEqualTo("/base/a named.test");
            assertThat(weir.log())
                    .contains("init-param maxThreads of servlet jetty: ignored, for ")
                    .contains("init-param selectors of servlet jetty: ignored, for ")
                    .contains("init-param whiteList of servlet jetty: ");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void aForeignNameThatMustBeChangedNamesItsReplacement(Home home) {
        FailedStart failed = home.failToStart(Deployment.of(
                RouteSpec.to("/proxy", ANYWHERE).with("idleTimeout", "30000").with("useSystemProperties", "true")));
        assertThat(failed.error())
                .contains("idleTimeout", "weir.idleTimeout", "useSystemProperties", "expected: false");
        assertStopped(home, failed);
    }

    private static void assertStopped(Home home, FailedStart failed) {
        if (home == Home.LAUNCHER) {
            assertThat(failed.exitCode()).hasValue(2);
            assertThat(failed.log()).doesNotContain("listening on", "\tat ");
        } else {
            // The container goes on without the application.
            assertThat(failed.served()).containsAnyOf(" 404", " 503");
        }
    }

    private static String answer(RunningWeir weir, String path) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return client.receiveResponse().text();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void aPortForThePagesIsTheLaunchersAloneWhichTheLogSays(Home home) {
        try (RunningWeir weir =
                home.start(Deployment.of(RouteSpec.to("/proxy", ANYWHERE)).shared("statusPort", "0"))) {
            assertThat(weir.log()).containsOnlyOnce("weir.statusPort is the launcher's alone, and ignored");
        }
    }
}
