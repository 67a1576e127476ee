package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** At the root of a container, where all other tests are at {@code /edge}: the prefix is the mapping's alone. */
class RootContextIT {
    @ParameterizedTest
    @ArgumentsSource(ChosenContainers.class)
    void thePrefixIsTheMappingsAlone(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(
                        Deployment.of(RouteSpec.to("/proxy", origin.uri())).at(""));
                Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET /proxy/a?b HTTP/1.1\r\nHost: localhost\r\n\r\n");
            OriginConnection upstream = origin.accept();
            ReceivedRequest request = upstream.receiveRequest();
            upstream.send(
                    "HTTP/1.1 302 Found\r\nLocation: /login\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n");
            ReceivedResponse response = client.receiveResponse();
            assertThat(request.target()).isEqualTo("/a?b");
            assertThat(request.field("X-Forwarded-Prefix")).isEqualTo("/proxy");
            assertThat(response.field("Location")).isEqualTo("/proxy/login");
            assertThat(response.field("Set-Cookie")).isEqualTo("a=b; Path=/proxy");
        }
    }
}
