package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The WAR as it was built, without an upstream: it starts in a container, and says what is missing. */
class UnconfiguredIT {
    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void aRouteWithoutAnUpstreamAnswersWithWhatToSet(Home home) {
        try (RunningWeir weir = home.start(Deployment.untouched());
                Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + "/proxy/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ReceivedResponse response = client.receiveResponse();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.field("Proxy-Status")).isEqualTo("weir; details=\"unconfigured\"");
            assertThat(response.field("Retry-After")).isNotNull();
            assertThat(response.text()).startsWith("unconfigured: ").contains("-Dweir.proxy.proxyTo=");
            assertThat(Status.of(weir).inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void theLogSaysWhatIsMissing(Home home) {
        try (RunningWeir weir = home.start(Deployment.untouched())) {
            assertThat(weir.log()).contains("weir.proxy.proxyTo");
        }
    }
}
