package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** In a container it is the application's own stop that cuts tunnels, and what was cut has something to tell. */
class AccessLogStopIT {
    @Test
    void aTunnelThatAStopCutsHasItsLine() {
        assumeThat(ChosenHomes.all()).contains(Home.TOMCAT_11);
        try (Origin origin = new Origin();
                RunningWeir weir = Home.TOMCAT_11.start(
                        Deployment.of(RouteSpec.to("/a", origin.uri())).shared("accessLog", "combined"));
                Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET /edge/a/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n\r\n");
            OriginConnection upstream = origin.accept().skipRequest();
            upstream.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n\r\nhello");
            assertThat(client.receiveHead().status()).isEqualTo(101);
            assertThat(client.readBody(5)).hasSize(5);
            weir.terminate();
            weir.awaitExit(Duration.ofSeconds(30));
            assertThat(weir.log()).contains("\"GET /edge/a/ HTTP/1.1\" 101 5 ");
        }
    }
}
