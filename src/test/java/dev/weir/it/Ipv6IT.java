package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A client that comes over IPv6 is told, trusted and let in as one over IPv4, however the container writes its address. */
class Ipv6IT {
    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void aPeerOverIpv6IsToldTrustedAndLetIn(Home home) {
        String setting = switch (home) {
            case LAUNCHER -> "host";
            case JETTY -> "jetty.http.host";
            case TOMCAT_11, TOMCAT_10_1 -> "address";
        };
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/v6", origin.uri()))
                        .shared("trustedPeers", "::1")
                        .homeSetting(setting, "::1"));
                Client client = Client.connect("::1", weir.port())) {
            String rest = " HTTP/1.1\r\nHost: [::1]:" + weir.port() + "\r\n";
            client.send("GET " + weir.contextPath() + "/v6/a" + rest + "X-Forwarded-For: 192.0.2.1\r\n\r\n");
            OriginConnection upstream = origin.accept();
            ReceivedRequest request = upstream.receiveRequest();
            upstream.send(Origin.ok("ok"));
            assertThat(client.receiveResponse().text()).isEqualTo("ok");

            assertThat(request.field("Forwarded"))
                    .isEqualTo("for=\"[0:0:0:0:0:0:0:1]\";host=\"[::1]:" + weir.port() + "\";proto=http");
            assertThat(request.field("X-Forwarded-For")).isEqualTo("192.0.2.1, 0:0:0:0:0:0:0:1");
            assertThat(request.field("X-Real-IP")).isEqualTo("0:0:0:0:0:0:0:1");

            client.send("GET " + weir.contextPath() + "/-/status.json" + rest + "\r\n");
            assertThat(client.receiveResponse().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anUpstreamWithAnIpv6AddressIsReached(Home home) {
        try (Origin origin = Origin.onIpv6().answerAll(request -> Origin.ok(request.field("Host")));
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/v6", origin.uri())));
                Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + "/v6/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.receiveResponse().text()).isEqualTo("[::1]:" + origin.port());
            assertThat(Status.of(weir).destination("http://[::1]:" + origin.port()))
                    .isNotEmpty();
        }
    }
}
