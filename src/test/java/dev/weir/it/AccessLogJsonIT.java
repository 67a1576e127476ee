package dev.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log as JSON, of what the launcher alone serves: HTTP/2 and the forward proxy with its users. */
class AccessLogJsonIT {
    private static final String ANNE = "anne:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW\n";
    private static final String SIGNED_IN = "Proxy-Authorization: Basic "
            + Base64.getEncoder().encodeToString("anne:open sesame".getBytes(UTF_8)) + "\r\n";

    @TempDir
    private static Path folder;

    private static Origin origin;
    private static RunningWeir weir;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        Path users = Files.writeString(folder.resolve("users"), ANNE);
        origin = new Origin();
        weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/plain", origin.uri()))
                .shared("accessLog", "json")
                .homeSetting("forward-proxy", "127.0.0.1")
                .shared("/-forward.proxyUsers", users.toString()));
        Status.of(weir); // what asks for it takes seconds to load, which are not the first test's
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        origin.startOver();
        Leaks.none(weir);
        assertThat(weir.log()).doesNotContain("open sesame", SIGNED_IN.strip(), "hunter2");
    }

    private static String there() {
        return "127.0.0.1:" + origin.port();
    }

    /** The one line that has this in it. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> line(String mark) {
        List<String> lines = await().until(
                        () -> weir.log()
                                .lines()
                                .filter(line -> line.contains(mark))
                                .toList(),
                        found -> !found.isEmpty());
        assertThat(lines).hasSize(1);
        return (Map<String, Object>) new JSON().fromJSON(lines.get(0));
    }

    @Test
    void anExchangeOfHttp2() {
        origin.answerAll(request -> Origin.ok(request.field("X-Request-Id")));
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port())) {
            Http2Exchange exchange = client.get("/plain/h2?a=b");
            assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
            assertThat(line("/plain/h2"))
                    .containsEntry("http.version", "2.0")
                    .containsEntry("http.request.id", exchange.receiveBody())
                    .containsEntry("http.response.status_code", 200L)
                    .containsEntry("http.response.body.bytes", 32L)
                    .containsEntry("event.outcome", "success")
                    .containsEntry("url.path", "/plain/h2")
                    .containsEntry("url.query", "a=b")
                    .containsEntry("url.domain", "127.0.0.1")
                    .containsEntry("destination.port", (long) origin.port())
                    .containsEntry("source.ip", "127.0.0.1");
        }
    }

    @Test
    void aUrlThatAUserOfTheForwardProxyAsksFor() {
        origin.answerAll(request -> Origin.ok("ok"));
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET http://" + there() + "/url HTTP/1.1\r\nHost: " + there() + "\r\n" + SIGNED_IN + "\r\n");
            assertThat(client.receiveResponse().status()).isEqualTo(200);
        }
        assertThat(line("/url"))
                .containsEntry("user.name", "anne")
                .containsEntry("weir.route", "forwardProxy")
                .containsEntry("url.original", "http://" + there() + "/url")
                .containsEntry("url.path", "/url");
    }

    @Test
    void aTunnelByConnectAtItsEnd() {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("CONNECT " + there() + " HTTP/1.1\r\nHost: " + there() + "\r\n" + SIGNED_IN + "\r\n");
            assertThat(client.receiveHead().status()).isEqualTo(200);
            OriginConnection upstream = origin.accept();
            client.send("hi!");
            upstream.readBody(3);
            upstream.send("hello");
            client.readBody(5);
            client.finish();
            assertThat(upstream.awaitClosed()).isTrue();
            upstream.close();
        }
        assertThat(line("\"CONNECT\""))
                .containsEntry("user.name", "anne")
                .containsEntry("http.response.status_code", 200L)
                .containsEntry("http.request.body.bytes", 3L)
                .containsEntry("http.response.body.bytes", 5L)
                .containsEntry("url.original", there())
                .containsKeys("weir.queue_ms", "weir.connect_ms", "weir.total_ms")
                .containsEntry("weir.outcome", "ok");
    }

    @Test
    void whoIsNoUserHasNoNameAndAUrlNoPassword() {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET http://bob:hunter2@" + there() + "/nobody HTTP/1.1\r\nHost: " + there() + "\r\n\r\n");
            assertThat(client.receiveResponse().status()).isEqualTo(407);
        }
        assertThat(line("/nobody"))
                .doesNotContainKey("user.name")
                .containsEntry("url.original", "http://***@" + there() + "/nobody")
                .containsEntry("weir.outcome", "proxy-auth")
                .containsEntry("event.outcome", "failure");
        assertThat(line("/nobody").get("weir.sentence")).asString().contains("proxyUsers");
    }
}
