package dev.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.ServerCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers at the launcher's listener: 127.0.0.2 must send them, and nobody else may. */
@Conforms(title = "PROXY protocol from clients", to = "proxy-protocol.txt versions 1 and 2")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "this is the container's business")
class ProxyProtocolIT {
    private static final String SENDER = "127.0.0.2";
    private static final String V2 = "\r\n\r\n\0\r\nQUIT\n";
    private static final String REQUEST = "GET /a/ HTTP/1.1\r\nHost: weir\r\n\r\n";

    @TempDir
    private static Path folder;

    private static Origin origin;
    private static RunningWeir weir;
    private static RunningWeir secured;
    private static ServerCertificate certificate;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        origin = new Origin().answerAll(request -> Origin.ok(request.field("X-Forwarded-For")));
        Deployment deployment = Deployment.of(RouteSpec.to("/a", origin.uri()))
                .shared("proxyProtocolFrom", SENDER)
                .shared("headTimeout", "1s");
        weir = Home.LAUNCHER.start(deployment);
        certificate = ServerCertificate.issue(folder);
        secured = Home.LAUNCHER.start(deployment
                .homeSetting("tls-cert", certificate.pem().toString())
                .homeSetting("tls-key", certificate.key().toString()));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
        if (secured != null) {
            secured.close();
        }
    }

    private static Client sender() {
        return Client.connectFrom(SENDER, weir.host(), weir.port());
    }

    private static byte[] latin(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** What the upstream hears of the client that a header names. */
    private static String client(String header) {
        try (Client sender = sender()) {
            ReceivedResponse response = sender.send(latin(header + REQUEST)).receiveResponse();
            assertThat(response.status()).isEqualTo(200);
            return response.text();
        }
    }

    private static String binary(int command, int family, int... bytes) {
        StringBuilder header = new StringBuilder(V2);
        header.append((char) command).append((char) family).append((char) 0).append((char) bytes.length);
        for (int octet : bytes) {
            header.append((char) octet);
        }
        return header.toString();
    }

    @Test
    void theNamedClientIsTheClient() {
        assertThat(client("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\n")).isEqualTo("192.0.2.7");
        assertThat(client("PROXY TCP6 2001:db8::7 fd00::1 4711 80\r\n")).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(client(binary(0x21, 0x11, 192, 0, 2, 9, 10, 0, 0, 1, 18, 103, 0, 80)))
                .isEqualTo("192.0.2.9");
    }

    @Test
    void additionsOfVersionTwoArePassedOver() {
        assertThat(client(binary(0x21, 0x11, 192, 0, 2, 9, 10, 0, 0, 1, 18, 103, 0, 80, 0xE0, 0, 2, 'h', 'i')))
                .isEqualTo("192.0.2.9");
    }

    @Test
    void whereNobodyIsNamedTheSenderIsTheClient() {
        assertThat(client("PROXY UNKNOWN\r\n")).isEqualTo(SENDER);
        assertThat(client(binary(0x20, 0))).isEqualTo(SENDER);
    }

    @Test
    void theHeaderMayComeByteByByte() {
        try (Client sender = sender()) {
            for (byte octet : latin("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\n" + REQUEST)) {
                sender.send(new byte[] {octet});
            }
            assertThat(sender.receiveResponse().text()).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void theConnectionStaysThatClients() {
        try (Client sender = sender()) {
            sender.send("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\n" + REQUEST + REQUEST);
            assertThat(sender.receiveResponse().text()).isEqualTo("192.0.2.7");
            assertThat(sender.receiveResponse().text()).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void theStatusPageAsksForTheNamedClient() {
        try (Client sender = sender()) {
            sender.send("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\n"
                    + "GET /-/status.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(sender.receiveResponse().status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                REQUEST,
                "PROXY\r\n",
                "PROXY TCP4 192.0.2.7\r\n",
                "PROXY TCP4 192.0.2.7 10.0.0.1 x 80\r\n",
                "PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\n",
                "PROXX TCP4 192.0.2.7 10.0.0.1 4711 80\r\n",
                V2 + "\u0031\u0011\0\0",
                V2 + "\u0021\u0011\uffff"
            })
    void whoMustSendAHeaderAndSendsNoneIsCutOff(String beginning) {
        int before = origin.connections();
        try (Client sender = sender()) {
            sender.send(latin(beginning + REQUEST));
            assertThat(sender.awaitClosed()).isTrue();
            assertThat(sender.receivedBytes()).isZero();
        }
        assertThat(origin.connections()).isEqualTo(before);
    }

    @Test
    void whoTakesTooLongForOneIsCutOff() {
        try (Client silent = sender();
                Client slow = sender()) {
            slow.send("PROXY TCP4 192.0.2.7");
            assertThat(silent.patience(Duration.ofSeconds(5)).awaitClosed()).isTrue();
            assertThat(slow.patience(Duration.ofSeconds(5)).awaitClosed()).isTrue();
        }
    }

    @Test
    void anyoneElseIsWhoHeIs() {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            assertThat(client.send(REQUEST).receiveResponse().text()).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\n", V2 + "\u0021\u0011\0\0"})
    void anyoneElsesHeaderIsABadRequest(String header) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            assertThat(client.send(latin(header + REQUEST)).receiveResponse().status())
                    .isEqualTo(400);
        }
    }

    @Test
    void itComesBeforeTls() throws IOException {
        try (Socket sender = new Socket()) {
            sender.bind(new InetSocketAddress(InetAddress.getByName(SENDER), 0));
            sender.connect(new InetSocketAddress(secured.host(), secured.port()), 5_000);
            sender.setSoTimeout(10_000);
            sender.getOutputStream().write(latin("PROXY TCP4 192.0.2.7 10.0.0.1 4711 443\r\n"));
            try (SSLSocket tls = (SSLSocket)
                    certificate.context().getSocketFactory().createSocket(sender, "localhost", secured.port(), false)) {
                tls.getOutputStream().write(latin("GET /a/ HTTP/1.1\r\nHost: weir\r\nConnection: close\r\n\r\n"));
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                tls.getInputStream().transferTo(answer);
                assertThat(answer.toString(ISO_8859_1)).endsWith("\r\n\r\n192.0.2.7");
            }
        }
    }
}
