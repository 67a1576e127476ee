package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A route that leads straight back to this web application is refused at start, or with the second request at latest. */
class OwnListenerIT {
    /** A port that was free a moment ago: whoever names it in a route has to know it before the start. */
    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Deployment at(Home home, int port, RouteSpec... routes) {
        return Deployment.of(routes)
                .homeSetting(
                        switch (home) {
                            case LAUNCHER, TOMCAT_11, TOMCAT_10_1 -> "port";
                            case JETTY -> "jetty.http.port";
                        },
                        Integer.toString(port));
    }

    private static ReceivedResponse get(RunningWeir weir, String path) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .receiveResponse();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void whereTheHomeTellsItsListenersTheStartIsRefused(Home home) {
        assumeThat(home).as("tells none").isNotEqualTo(Home.JETTY);
        int port = freePort();
        FailedStart failed = home.failToStart(at(
                home,
                port,
                RouteSpec.to("/a", URI.create("http://localhost:" + port + "/edge/a/x")),
                RouteSpec.to("/b", URI.create("http://127.0.0.1:" + port + "/edge/a")),
                RouteSpec.to("/c", URI.create("http://127.0.0.1:9")),
                // No address to us, and one to the resolver, which is waited for.
                RouteSpec.to("/d", URI.create("http://127.1:" + port + "/edge/d"))));
        assertThat(failed.error())
                .contains("proxyTo of route a (/a/)", "proxyTo of route b (/b/)", "proxyTo of route d (/d/)")
                .contains("Weir itself listens on")
                .doesNotContain("proxyTo of route c");
        if (home == Home.LAUNCHER) {
            assertThat(failed.exitCode()).hasValue(2);
        } else {
            assertThat(failed.served()).containsAnyOf(" 404", " 503");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void inAPlainJettyTheFirstRequestTeachesAndNothingIsSent(Home home) {
        assumeThat(home).as("knows it at start").isEqualTo(Home.JETTY);
        int port = freePort();
        try (RunningWeir weir =
                home.start(at(home, port, RouteSpec.to("/a", URI.create("http://localhost:" + port + "/edge/a"))))) {
            ReceivedResponse answer = get(weir, "/edge/a/x");
            assertThat(answer.status()).isEqualTo(508);
            assertThat(answer.text()).startsWith("loop: ").contains("is this Weir itself");
            assertThat(get(weir, "/edge/-/status.json").text()).contains("\"destinations\":[]");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anUpstreamProxyThatIsOurselvesIsRefusedAsEarly(Home home) {
        int port = freePort();
        Deployment deployment = at(home, port, RouteSpec.to("/a", URI.create("http://127.0.0.1:9")))
                .shared("upstreamProxy", "http://127.0.0.1:" + port);
        if (home != Home.JETTY) {
            assertThat(home.failToStart(deployment).error()).contains("weir.upstreamProxy: ", "itself listens on");
            return;
        }
        try (RunningWeir weir = home.start(deployment)) {
            assertThat(get(weir, "/edge/a/x").status()).isEqualTo(508);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void anotherApplicationOfTheSameServerIsAnUpstreamLikeAnyOther(Home home) {
        int port = freePort();
        URI server = URI.create("http://127.0.0.1:" + port);
        try (RunningWeir weir = home.start(at(
                home,
                port,
                RouteSpec.to("/other", server.resolve("/other")),
                RouteSpec.to("/top", server),
                RouteSpec.to("/page", server.resolve("/edge/-"))))) {
            // The pages are for direct clients; that they say so shows that the request came in again.
            assertThat(get(weir, "/edge/page/status.json").status()).isEqualTo(403);
            assertThat(get(weir, "/edge/other/a").status()).isEqualTo(404);
            assertThat(get(weir, "/edge/top/edge/top/a").status()).isEqualTo(508);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anAddressOfOurOwnElsewhereIsRefused(Home home) {
        try (Origin origin = new Origin()) {
            Deployment deployment = Deployment.of(RouteSpec.to("/a", origin.uri()))
                    .shared("selfAddresses", "edge.test, 127.0.0.1:" + origin.port());
            assertThat(home.failToStart(deployment).error())
                    .contains("proxyTo of route a: " + origin.uri(), "one of selfAddresses");
        }
    }
}
