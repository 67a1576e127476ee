package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What a container's own filter makes of {@code X-Forwarded-For} lets nobody in: it takes the field away with it. */
class RewrittenPeerIT {
    private static final String SOMEBODY = "203.0.113.7";

    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void thePagesAreForConnectionsAndNotForForwardedFields(Home home) {
        Deployment believing = Deployment.of(RouteSpec.to("/proxy", java.net.URI.create("http://127.0.0.1:9")))
                .shared("statusAllow", "loopback, " + SOMEBODY)
                .homeSetting(home == Home.JETTY ? "--module" : TomcatLaunch.REMOTE_IP, "http-forwarded");
        try (RunningWeir weir = home.start(believing)) {
            // Tomcat's valve leaves no trace of whether there was a field, so that nobody is let in behind it.
            assertThat(status(weir, "").status()).isEqualTo(home == Home.JETTY ? 200 : 403);
            Refusals.assertRefused(status(weir, "127.0.0.1"), 403, "denied", "http_request_denied");
            Refusals.assertRefused(status(weir, SOMEBODY), 403, "denied", "http_request_denied");
        }
    }

    private static ReceivedResponse status(RunningWeir weir, String forwardedFor) {
        String field = forwardedFor.isEmpty() ? "" : "X-Forwarded-For: " + forwardedFor + "\r\n";
        try (Client client = Client.connect(weir.host(), weir.port())) {
            return client.send("GET " + weir.contextPath() + "/-/status.json HTTP/1.1\r\nHost: localhost\r\n" + field
                            + "\r\n")
                    .receiveResponse();
        }
    }
}
