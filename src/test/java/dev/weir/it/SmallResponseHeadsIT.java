package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Jetty whose connectors carry no more than Jetty's own default, half of what Weir takes from upstreams. */
class SmallResponseHeadsIT {
    @ParameterizedTest
    @EnumSource(names = "JETTY")
    void aHeadThatTheConnectorDoesNotCarryGetsOurOwnAnswer(Home home) {
        byte[] large =
                ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Large: " + "l".repeat(20_000) + "\r\n\r\n").getBytes();
        try (Origin origin = new Origin().answerAll(request -> large);
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/a", origin.uri()))
                        .homeSetting("jetty.httpConfig.maxResponseHeaderSize", "16384"));
                Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + "/a/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ReceivedResponse response = client.receiveResponse();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.text()).startsWith("response-head-too-large: ").contains("16384 bytes");
        }
    }
}
