package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Http2Origin;
import dev.weir.wire.ReceivedResponse;
import org.eclipse.jetty.http.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages to upstreams of HTTP/2, from clients of either version. */
class Http2UpstreamIT {
    private static Http2Origin clear;
    private static Http2Origin secure;
    private static RunningWeir weir;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        clear = Http2Origin.clear();
        secure = Http2Origin.secure(SuiteCertificates.TRUSTED.context());
        weir = Home.LAUNCHER.start(Deployment.of(
                        RouteSpec.to("/a", clear.uri()),
                        RouteSpec.to("/host", clear.uri()).with("preserveHost", "true"),
                        RouteSpec.to("/tls", secure.uri()))
                .shared("upstreamCa", SuiteCertificates.trusted().toString())
                .jvmArgs("-Xmx256m"));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            clear.close();
            secure.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        Leaks.nothingIsHeld(weir);
        assertThat(clear.hasMore()).isFalse();
    }

    private static Client client() {
        return Client.connect(weir.host(), weir.port());
    }

    private static String head(String request, String... fields) {
        return request + " HTTP/1.1\r\nHost: " + weir.host() + ":" + weir.port() + "\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(fields)
                                .map(field -> field + "\r\n")
                                .toList()) + "\r\n";
    }

    @Test
    void aRequestOfHttp1ReachesIt() {
        try (Client client = client()) {
            client.send(head("GET /a/x%2Fy//z?q={1}", "Connection: close, X-Hop", "X-Hop: 1", "X-Own: 2"));
            Http2Exchange upstream = clear.accept();
            MetaData.Request request = upstream.receiveRequest();
            assertThat(request.getMethod()).isEqualTo("GET");
            assertThat(request.getHttpURI().getPathQuery()).isEqualTo("/x%2Fy//z?q={1}");
            assertThat(request.getHttpURI().getAuthority()).isEqualTo("127.0.0.1:" + clear.port());
            assertThat(request.getHttpURI().getScheme()).isEqualTo("http");
            assertThat(request.getHttpFields().getFieldNamesCollection())
                    .doesNotContain("host", "connection", "x-hop", "transfer-encoding", "te")
                    .contains("x-own", "via", "x-forwarded-host");
            upstream.respond(200, false, "content-length", "2", "x-up", "1").data("ok", true);
            ReceivedResponse response = client.receiveResponse();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("ok");
            assertThat(response.field("X-Up")).isEqualTo("1");
        }
    }

    @Test
    void aRequestOfHttp2ReachesItOverTls() {
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port())) {
            Http2Exchange exchange = client.send("POST", "/tls/", false);
            Http2Exchange upstream = secure.accept();
            MetaData.Request request = upstream.receiveRequest();
            assertThat(request.getHttpURI().getScheme()).isEqualTo("https");
            exchange.data("hello", true);
            assertThat(upstream.receiveBody()).isEqualTo("hello");
            upstream.respond(200, false).data("ok", true);
            assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
            assertThat(exchange.receiveBody()).isEqualTo("ok");
        }
    }
}
