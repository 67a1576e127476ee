package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** All routes of a web application share one client, which starts and stops with it. */
class OneClientIT {
    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void routesToOneUpstreamShareItsConnections(Home home) {
        try (Origin origin = new Origin().answerAll(request -> Origin.ok(request.target()));
                RunningWeir weir = home.start(Deployment.of(
                        RouteSpec.to("/one", origin.uri()),
                        RouteSpec.to("/two", URI.create(origin.uri() + "/base"))))) {
            assertThat(answer(weir, "/one/a")).isEqualTo("/a");
            assertThat(answer(weir, "/two/a")).isEqualTo("/base/a");
            assertThat(answer(weir, "/one/b")).isEqualTo("/b");
            assertThat(origin.connections()).isEqualTo(1);
            assertThat(Status.of(weir).json().getList("destinations")).hasSize(1);
        }
    }

    /** Tomcat says whose threads an application leaves behind. */
    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void nothingOfTheClientOutlivesTheApplication(Home home) {
        try (Origin origin = new Origin().answerAll(request -> Origin.ok("ok"));
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/one", origin.uri())))) {
            assertThat(answer(weir, "/one/a")).isEqualTo("ok");
            weir.stop();
            await().untilAsserted(() -> assertThat(origin.open()).isZero());
            assertThat(weir.log()).doesNotContain("has failed to stop", "failed to remove it", "SEVERE", "Exception");
        }
    }

    private static String answer(RunningWeir weir, String path) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String text = client.receiveResponse().text();
            // The connection is back in the pool a moment after the client has its answer.
            await().untilAsserted(() -> assertThat(Status.of(weir).idle()).isEqualTo(1));
            return text;
        }
    }
}
