package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.Test;

/** A drain as HTTP/2 clients see it. */
class Http2DrainTest {
    private static Http2Client connect(LaunchedProcess weir) {
        return Http2Client.connect("127.0.0.1", weir.uri().getPort());
    }

    @Test
    void whatIsInFlightEndsAndAllAreToldToGo() throws Exception {
        try (Origin origin = new Origin();
                LaunchedProcess weir = LaunchedProcess.start("--route", "/proxy=" + origin.uri());
                Http2Client busy = connect(weir);
                Http2Client idle = connect(weir)) {
            assertThat(idle.get("/nowhere").receiveResponse().getStatus()).isEqualTo(404);
            Http2Exchange inFlight = busy.get("/proxy/");
            OriginConnection upstream = origin.accept();
            upstream.skipRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            inFlight.receiveResponse();
            weir.terminate();
            assertThat(idle.awaitGoAway().getError()).isEqualTo(ErrorCode.NO_ERROR.code);
            assertThat(busy.awaitGoAway().isGraceful()).isTrue();
            try (Http2Client late = connect(weir)) {
                assertThat(late.get("/proxy/").receiveResponse().getStatus()).isEqualTo(503);
            }
            upstream.send("67890");
            assertThat(inFlight.receiveBody()).isEqualTo("1234567890");
            assertThat(weir.exitStatus()).isZero();
        }
    }
}
