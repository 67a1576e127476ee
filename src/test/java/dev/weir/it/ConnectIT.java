package dev.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT in the launcher (RFC 9110 §9.3.6): a tunnel within the same rules, budgets and timers as everything else. */
@Conforms(title = "Forward proxy: CONNECT", to = "RFC 9110 §9.3.6")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "the launcher alone has it")
class ConnectIT {
    @TempDir
    private static Path folder;

    private static Origin origin;
    private static Origin secured;
    private static RunningWeir weir;

    private final List<Wire<?>> open = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        origin = new Origin();
        secured = new Origin(SuiteCertificates.TRUSTED.context());
        weir = Home.LAUNCHER.start(deployment());
    }

    private static Deployment deployment() throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 self.test\n10.255.255.1 inner.test\n");
        return Deployment.of()
                .homeSetting("forward-proxy", "*.test, 127.0.0.1, loopback")
                .shared("/-forward.tunnelIdleTimeout", "2s")
                .shared("/-forward.maxConnections", "2")
                .shared("/-forward.maxQueued", "0")
                .shared("connectTimeout", "1s")
                .shared("drainTimeout", "1s")
                .jvmArgs("-Djdk.net.hosts.file=" + hosts);
    }

    @AfterAll
    static void stop() {
        weir.close();
        origin.close();
        secured.close();
    }

    @AfterEach
    void nothingIsLeft() {
        open.forEach(Wire::close);
        // Its own thread reads until the end; who closed meanwhile would read beside it.
        await().until(() -> secured.open() == 0);
        origin.startOver();
        Leaks.none(weir);
    }

    private <T extends Wire<T>> T opened(T wire) {
        open.add(wire);
        return wire;
    }

    private Client connect(RunningWeir to, String authority, String early) {
        Client client = opened(Client.connect(to.host(), to.port()));
        return client.send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n" + early);
    }

    private Client connect(String authority) {
        return connect(weir, authority, "");
    }

    private static String there() {
        return "127.0.0.1:" + origin.port();
    }

    private static String read(Wire<?> end, int count) {
        return new String(end.readBody(count), ISO_8859_1);
    }

    private static void assertTunnel(Client client) {
        ReceivedResponse response = client.receiveHead();
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(response.field("Content-Length")).isNull();
        assertThat(response.field("Transfer-Encoding")).isNull();
        assertThat(response.field("Connection")).isNull();
    }

    @Test
    void bytesPassBothWaysUnreadAndEachEndEndsForItself() {
        Client client = connect(there());
        OriginConnection upstream = opened(origin.accept());
        assertTunnel(client);
        client.send("GET / HTTP/9.9\0");
        assertThat(read(upstream, 15)).isEqualTo("GET / HTTP/9.9\0");
        upstream.send("anything\0\1");
        assertThat(read(client, 10)).isEqualTo("anything\0\1");
        client.finish();
        assertThat(upstream.awaitClosed()).isTrue();
        assertThat(upstream.wasReset()).isFalse();
        upstream.send("after the client's end").close();
        assertThat(read(client, 22)).isEqualTo("after the client's end");
        assertThat(client.awaitClosed()).isTrue();
        assertThat(client.wasReset()).isFalse();
    }

    @Test
    void whatEitherSideSaysEarlyIsNotLost() {
        Client client = connect(weir, there(), "early");
        OriginConnection upstream = opened(origin.accept());
        upstream.send("220 banner\r\n");
        assertTunnel(client);
        assertThat(read(upstream, 5)).isEqualTo("early");
        assertThat(read(client, 12)).isEqualTo("220 banner\r\n");
    }

    @Test
    void itCountsInEveryBudgetUntilItEnds() {
        Client first = connect(there());
        assertTunnel(first);
        assertTunnel(connect(there()));
        Status status = Status.of(weir);
        assertThat(status.inFlight()).isEqualTo(2);
        assertThat(status.leased()).isEqualTo(2);
        Refusals.assertRefused(connect(there()).receiveResponse(), 503, "pool-full", "connection_limit_reached");
        first.reset();
        await().untilAsserted(() -> assertThat(Status.of(weir).leased()).isEqualTo(1));
        assertTunnel(connect(there()));
    }

    @Test
    void aSilentTunnelIsCutAfterTunnelIdleTimeout() {
        Client client = connect(there());
        OriginConnection upstream = opened(origin.accept());
        assertTunnel(client);
        assertThat(client.patience(Duration.ofSeconds(10)).awaitClosed()).isTrue();
        assertThat(upstream.awaitClosed()).isTrue();
        assertThat(client.wasReset()).isTrue();
    }

    @Test
    void aStopCutsIt() throws IOException {
        try (RunningWeir other = Home.LAUNCHER.start(deployment())) {
            Client client = connect(other, there(), "");
            OriginConnection upstream = opened(origin.accept());
            assertTunnel(client);
            other.terminate();
            assertThat(client.patience(Duration.ofSeconds(20)).awaitClosed()).isTrue();
            assertThat(upstream.awaitClosed()).isTrue();
        }
    }

    @Test
    void thereIsNo200WithoutAConnection() {
        String dead = SuiteRoute.DEAD.authority();
        ReceivedResponse refused = connect(dead).receiveResponse();
        Refusals.assertRefused(refused, 502, "connect-refused", "connection_refused");
        assertThat(refused.text()).contains("No connection to " + dead + ": ");
        Refusals.assertRefused(connect("nobody.test:443").receiveResponse(), 502, "dns", "dns_error");
        Refusals.assertRefused(
                connect(SuiteRoute.SATURATED.authority()).receiveResponse(),
                504,
                "connect-timeout",
                "connection_timeout");
    }

    @Test
    void whoLeavesBeforeTheConnectionIsThereLeavesNothingBehind() {
        connect(SuiteRoute.SATURATED.authority()).reset();
        for (int i = 0; i < 100; i++) {
            connect(weir, there(), "early").reset();
        }
        for (int i = 0; i < 100; i++) {
            connect(weir, there(), "early").close();
        }
        origin.startOver();
        Leaks.nothingIsHeld(weir);
        assertTunnel(connect(there()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:443", "example.org:443", "[::ffff:10.0.0.1]:443", "[64:ff9b::7f00:1]:443"})
    void whatIsNotListedIsDenied(String authority) {
        Refusals.assertRefused(connect(authority).receiveResponse(), 403, "denied", "http_request_denied");
    }

    @Test
    void aNameThatLeadsToAPrivateAddressIsDenied() {
        Refusals.assertRefused(connect("inner.test:443").receiveResponse(), 403, "denied", "destination_ip_prohibited");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost.test", "self.test", "127.0.0.2"})
    void nobodyGetsToThisWeirAndItsPagesAsIfFromHere(String self) {
        Client client = connect(self + ":" + weir.port());
        ReceivedResponse answer = client.receiveHead();
        // At 127.0.0.2 nobody listens, localhost.test is no name.
        assertThat(answer.status()).as("%s", answer).isIn(508, 502);
        assertThat(answer.status() == 508).isEqualTo(self.equals("127.0.0.1") || self.equals("self.test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.1:443",
                "0x7f.1:443",
                "user@127.0.0.1:443"
            })
    void whatNamesNoDestinationIsABadTarget(String authority) {
        Client client = opened(Client.connect(weir.host(), weir.port()));
        ReceivedResponse answer = client.send("CONNECT " + authority + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .receiveResponse();
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.field("Proxy-Status")).startsWith("weir; error=http_request_error");
    }

    @Test
    void aConnectWithABodyIsRefused() {
        Client client = opened(Client.connect(weir.host(), weir.port()));
        client.send("CONNECT " + there() + " HTTP/1.1\r\nHost: " + there() + "\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(client.receiveHead().status()).isEqualTo(400);
    }

    @Test
    void curlGetsAnHttpsPageThroughIt() throws IOException, InterruptedException {
        Curl.require();
        secured.answerAll(request -> Origin.ok(request.target() + " " + request.field("Proxy-Connection")));
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sS",
                        "--cacert",
                        SuiteCertificates.trusted().toString(),
                        "-x",
                        "http://127.0.0.1:" + weir.port(),
                        "https://127.0.0.1:" + secured.port() + "/a?b")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8)).isEqualTo("/a?b null");
        assertThat(curl.waitFor()).isZero();
    }

    @Test
    void curlTunnelsPlainHttpThroughItWhereItIsTold() throws IOException, InterruptedException {
        Curl.require();
        origin.answerAll(request -> Origin.ok(request.target() + " " + request.field("Via")));
        Process curl = new ProcessBuilder(
                        "curl", "-sS", "-p", "-x", "http://127.0.0.1:" + weir.port(), "http://" + there() + "/a")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8)).isEqualTo("/a null");
        assertThat(curl.waitFor()).isZero();
    }

    @Test
    void javasClientGetsAnHttpsPageThroughIt() throws Exception {
        secured.answerAll(request -> Origin.ok(request.method() + " " + request.text()));
        HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(weir.host(), weir.port())))
                .sslContext(trusting())
                .build();
        HttpRequest post = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + secured.port() + "/a"))
                .POST(HttpRequest.BodyPublishers.ofString("body"))
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("POST body");
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(SuiteCertificates.TRUSTED.pem())) {
            store.setCertificateEntry(
                    "it", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
