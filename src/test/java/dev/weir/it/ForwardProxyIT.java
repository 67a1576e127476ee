package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as a forward proxy for URLs of http: a request in absolute-form passes the same chain as any other. */
@Conforms(
        title = "Forward proxy: absolute URLs",
        to = "RFC 9112 §3.2.2; peers: no servlet proxy, and no guard against private addresses by default anywhere")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "the launcher alone has it")
class ForwardProxyIT {
    @TempDir
    private static Path folder;

    private static Origin origin;
    private static Origin forbidden;
    private static RunningWeir weir;

    @BeforeAll
    static void start() throws IOException {
        origin = new Origin();
        forbidden = new Origin();
        Path hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 allowed.test self.test\n10.255.255.1 inner.test\n");
        weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/plain", origin.uri()))
                .homeSetting("forward-proxy", "*.test, 127.0.0.1")
                .shared("/-forward.deny", "*:" + forbidden.port())
                .shared("/-forward.maxConnections", "1")
                .shared("/-forward.maxQueued", "0")
                .jvmArgs("-Djdk.net.hosts.file=" + hosts));
    }

    @AfterAll
    static void stop() {
        weir.close();
        origin.close();
        forbidden.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Leaks.nothingIsHeld(weir);
        origin.startOver();
        Leaks.none(weir);
    }

    private static ReceivedResponse send(String request) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            return client.send(request).receiveResponse(request.startsWith("HEAD "));
        }
    }

    private static ReceivedResponse get(String url) {
        String host = url.replaceFirst("^[a-z]+://([^/?#]*).*", "$1");
        return send("GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private static ReceivedRequest received(String request, String answer) {
        AtomicReference<ReceivedRequest> seen = new AtomicReference<>();
        origin.answerAll(arrived -> {
            seen.set(arrived);
            return answer.getBytes(StandardCharsets.ISO_8859_1);
        });
        assertThat(send(request).status()).isEqualTo(200);
        return seen.get();
    }

    private static String there() {
        return "127.0.0.1:" + origin.port();
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb/;v=1?c=d|e, /a%2Fb/;v=1?c=d|e",
        "'', /",
        "?x, /?x",
        "//a, //a",
        "/a/../-/status, /a/../-/status",
        "/-/status.json, /-/status.json",
        "/plain/a, /plain/a"
    })
    void aUrlReachesItsServerWithAllOfItsPath(String rest, String target) {
        ReceivedRequest upstream = received(
                "GET http://" + there() + rest + " HTTP/1.1\r\nHost: " + there() + "\r\n\r\n", BehaviourSuite.OK);
        assertThat(upstream.target()).isEqualTo(target);
        assertThat(upstream.field("Host")).isEqualTo(there());
    }

    @Test
    void optionsOfAServerAsAWholeGetsItsAsterisk() {
        assertThat(received(
                                "OPTIONS http://" + there() + " HTTP/1.1\r\nHost: " + there() + "\r\n\r\n",
                                BehaviourSuite.OK)
                        .target())
                .isEqualTo("*");
    }

    @Test
    void hopByHopFieldsStopAndNobodyIsToldWhoAsks() {
        ReceivedRequest upstream = received(
                "POST HTTP://" + there() + "/a HTTP/1.1\r\nHost: " + there()
                        + "\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: Basic c2VjcmV0\r\nCookie: a=b\r\n"
                        + "X-Mine: 1\r\nConnection: X-Mine\r\nContent-Length: 3\r\n\r\nabc",
                BehaviourSuite.OK);
        assertThat(upstream.text()).isEqualTo("abc");
        assertThat(upstream.field("Cookie")).isEqualTo("a=b");
        assertThat(upstream.field("Via")).matches("1\\.1 weir-[0-9a-f]{8}");
        assertThat(upstream.fields())
                .extracting(field -> field.getKey().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(
                        "proxy-connection",
                        "proxy-authorization",
                        "x-mine",
                        "forwarded",
                        "x-forwarded-for",
                        "x-real-ip");
    }

    @Test
    void theAnswerIsTheServersOwn() {
        origin.answerAll(request -> ("HTTP/1.1 302 Found\r\nLocation: http://" + there() + "/b\r\n"
                        + "Set-Cookie: a=b; Path=/; Domain=127.0.0.1\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        ReceivedResponse answer = get("http://" + there() + "/a");
        assertThat(answer.field("Location")).isEqualTo("http://" + there() + "/b");
        assertThat(answer.field("Set-Cookie")).isEqualTo("a=b; Path=/; Domain=127.0.0.1");
    }

    @Test
    void aClientOfHttp10IsServed() {
        assertThat(received("GET http://" + there() + "/a HTTP/1.0\r\n\r\n", BehaviourSuite.OK)
                        .field("Host"))
                .isEqualTo(there());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://example.org/",
                "http://[::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://test/"
            })
    void whatIsNotListedIsRefused(String url) {
        Refusals.assertRefused(get(url), 403, "denied", "http_request_denied");
    }

    @Test
    void whatIsDeniedIsRefused() {
        Refusals.assertRefused(get("http://127.0.0.1:" + forbidden.port() + "/"), 403, "denied", "http_request_denied");
        Refusals.assertRefused(
                get("http://allowed.test:" + forbidden.port() + "/"), 403, "denied", "http_request_denied");
        assertThat(forbidden.connections()).isZero();
    }

    @Test
    void aNameThatLeadsToAPrivateAddressIsRefused() {
        Refusals.assertRefused(get("http://inner.test/"), 403, "denied", "destination_ip_prohibited");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "ftp://127.0.0.1/",
                "http://user@127.0.0.1/",
                "http://2130706433/",
                "http://127.1/",
                "http://0x7f.0.0.1/",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:65536/",
                "http://127.0.0.1#@allowed.test/",
                "http://127.0.0.1/../-/status",
                "http://127.0.0.1/a/../../-/status.json"
            })
    void whatNamesNoDestinationIsRefused(String url) {
        ReceivedResponse answer = send("GET " + url + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.field("Proxy-Status")).startsWith("weir; error=http_request_error");
    }

    @Test
    void aUrlThatNamesThisWeirIsAUsualRequest() {
        origin.answerAll(request -> Origin.ok(request.target()));
        for (String self : new String[] {"127.0.0.1", "localhost", "LOCALHOST"}) {
            String here = "http://" + self + ":" + weir.port();
            assertThat(get(here + "/plain/a").text()).isEqualTo("/a");
            assertThat(get(here + "/-/health/nothing").status()).isEqualTo(404);
        }
    }

    @Test
    void whatAUrlSaysOfItsSchemeIsNotWhatTheConnectionIs() {
        ReceivedRequest upstream = received(
                "GET https://127.0.0.1:" + weir.port() + "/plain/a HTTP/1.1\r\nHost: 127.0.0.1:" + weir.port()
                        + "\r\n\r\n",
                BehaviourSuite.OK);
        assertThat(upstream.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(upstream.field("Forwarded")).endsWith("proto=http");
    }

    @Test
    void noNameLeadsBackToThisWeirAndItsPages() {
        Refusals.assertRefused(
                get("http://self.test:" + weir.port() + "/-/status.json"), 508, "loop", "proxy_loop_detected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/-forward", "/-forward/", "/-forward/http/127.0.0.1/", "/%2dforward/x", "/plain/../-forward/"})
    void noPathIsTheForwardProxys(String path) {
        ReceivedResponse answer = send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        Refusals.assertRefused(answer, 404, "no-route", null);
    }

    @Test
    void itsDestinationsAreInsideTheBounds() {
        try (Client first = Client.connect(weir.host(), weir.port())) {
            first.send("GET http://" + there() + "/a HTTP/1.1\r\nHost: " + there() + "\r\n\r\n");
            var upstream = origin.accept().skipRequest();
            Refusals.assertRefused(get("http://" + there() + "/b"), 503, "pool-full", "connection_limit_reached");
            upstream.send(Origin.ok("a"));
            assertThat(first.receiveResponse().text()).isEqualTo("a");
        }
    }

    @Test
    void javasClientUsesItAsItsProxy() throws IOException, InterruptedException {
        origin.answerAll(request -> Origin.ok(request.method() + " " + request.target() + " " + request.text()));
        HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(weir.host(), weir.port())))
                .build();
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://allowed.test:" + origin.port() + "/a?b"))
                .POST(HttpRequest.BodyPublishers.ofString("body"))
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("POST /a?b body");
    }

    @Test
    void curlUsesItAsItsProxy() throws IOException, InterruptedException {
        Curl.require();
        origin.answerAll(request -> Origin.ok(request.target()));
        Process curl = new ProcessBuilder(
                        "curl", "-sS", "-x", "http://127.0.0.1:" + weir.port(), "http://" + there() + "/a?b")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("/a?b");
        assertThat(curl.waitFor()).isZero();
    }
}
