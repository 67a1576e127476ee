package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Origin;
import dev.weir.wire.ServerCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The launcher behind TLS: what ALPN decides, what a stalled handshake costs, and a certificate that changes. */
@Conforms(title = "TLS to clients", to = "RFC 8446, RFC 7301")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "TLS and HTTP/2 are the container's business")
class TlsIT {
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(2);
    /** The README's second, and one for a busy machine. */
    private static final Duration LATE = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;

    private static ServerCertificate first;
    private static ServerCertificate second;
    private static Path certificate;
    private static Path key;
    private static Origin origin;
    private static RunningWeir weir;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        first = ServerCertificate.issue(folder);
        second = ServerCertificate.issue(folder);
        certificate = Files.copy(first.pem(), folder.resolve("chain.pem"));
        key = Files.copy(first.key(), folder.resolve("key.pem"));
        origin = new Origin().answerAll(request -> Origin.ok(String.join("", request.values("X-Forwarded-Proto"))));
        weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/a", origin.uri()))
                .shared("headTimeout", "2s")
                .homeSetting("tls-cert", certificate.toString())
                .homeSetting("tls-key", key.toString()));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
    }

    private static URI uri(String path) {
        return URI.create("https://" + weir.host() + ":" + weir.port() + path);
    }

    private static HttpResponse<String> ask(SSLContext trust, HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .version(version)
                .build()
                .send(HttpRequest.newBuilder(uri("/a/")).build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    void alpnGivesEachClientTheVersionItAsksFor(HttpClient.Version version) throws Exception {
        HttpResponse<String> response = ask(first.context(), version);
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("https");
    }

    @Test
    void singleFramesPassBehindTls() {
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port(), first.context())) {
            Http2Exchange exchange = client.send("POST", "/a/", false);
            exchange.data("x", true);
            assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
            assertThat(exchange.receiveBody()).isEqualTo("https");
        }
    }

    @Test
    void theLineSaysHttps() {
        assertThat(weir.log()).contains("listening on " + uri("") + "\n");
    }

    @Test
    void whoStopsInTheHandshakeIsCut() {
        long begin = System.nanoTime();
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("\u0016\u0003\u0001\u0002\u0000\u0001");
            assertThat(client.awaitClosed()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
    }

    @Test
    void whoConnectsAndSendsNothingIsCut() {
        long begin = System.nanoTime();
        try (Client client = Client.connect(weir.host(), weir.port())) {
            assertThat(client.awaitClosed()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
    }

    @Test
    void aHeadThatStallsBehindTheHandshakeIsCut() throws IOException {
        long begin = System.nanoTime();
        try (Socket client = first.context().getSocketFactory().createSocket(weir.host(), weir.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write("GET /a/ HT".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
    }

    private static void put(Path content, Path place) throws IOException {
        Path beside = Files.copy(content, folder.resolve("next"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static BigInteger presented(SSLContext trust) throws Exception {
        return ((X509Certificate) ask(trust, HttpClient.Version.HTTP_2)
                        .sslSession()
                        .orElseThrow()
                        .getPeerCertificates()[0])
                .getSerialNumber();
    }

    @Test
    void aChangedPairIsPresentedSoonAndABrokenOneNever() throws Exception {
        try (Http2Client connected = Http2Client.connect(weir.host(), weir.port(), first.context())) {
            put(second.pem(), certificate);
            Awaitility.await().until(() -> weir.log().contains("cannot be used, the old one stays"));
            assertThat(weir.log()).contains("--tls-key: " + key + " (expected: the key of the first certificate");
            assertThat(presented(first.context())).isEqualTo(first.serial());
            put(second.key(), key);
            Awaitility.await().until(() -> weir.log().contains("has changed, and is presented from now on"));
            assertThat(presented(second.context())).isEqualTo(second.serial());
            assertThat(connected.get("/a/").receiveResponse().getStatus()).isEqualTo(200);
        }
        assertThat(weir.log().split("the old one stays", -1)).as("told once").hasSize(2);
        put(first.key(), key);
        put(first.pem(), certificate);
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> presented(first.context()).equals(first.serial()));
    }
}
