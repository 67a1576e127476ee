package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.RunningLauncher;
import dev.weir.boot.StartFailedException;
import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorTest {
    private static Origin origin;
    private static RunningLauncher launcher;

    @BeforeAll
    static void start() throws StartFailedException {
        origin = new Origin().answerAll(request -> answer(request.target()));
        launcher = Launcher.start(Options.of("--port", "0", "--route", "/proxy=" + origin.uri()));
    }

    @AfterAll
    static void stop() {
        launcher.close();
        origin.close();
    }

    private static byte[] answer(String target) {
        String size = target.substring(1);
        return size.isEmpty()
                ? Origin.ok("hi")
                : ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Large: " + "l".repeat(Integer.parseInt(size))
                                + "\r\n\r\n")
                        .getBytes();
    }

    private static ReceivedResponse answerTo(String request) {
        try (Client client = Client.connect("127.0.0.1", launcher.uri().getPort())) {
            return client.send(request).receiveResponse(request.startsWith("HEAD"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "GET / HTTP/9.9\\r\\nHost: h\\r\\n\\r\\n,505,bad-version",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\nno colon\\r\\n\\r\\n,400,bad-request",
                "GET / HTTP/1.1\\r\\n\\r\\n,400,bad-request",
                "GET / HTTP/1.1\\nHost: h\\n\\n,400,bad-request",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n,400,bad-request",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n,400,bad-request",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\nA: b\\r\\n folded\\r\\n\\r\\n,400,bad-request",
                "GET / HTTP/1.1\\r\\nHost: h\\r\\nA : b\\r\\n\\r\\n,400,bad-request",
            })
    void whatNoServletSeesIsRefusedInOurForm(String escaped, int status, String outcome) {
        String request = escaped.replace("\\r", "\r").replace("\\n", "\n");
        try (Client client = Client.connect("127.0.0.1", launcher.uri().getPort())) {
            ReceivedResponse response = client.send(request).receiveResponse();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.field("Proxy-Status")).startsWith("weir").contains(outcome);
            assertThat(response.field("Connection")).isEqualTo("close");
            assertThat(response.field("Content-Type")).isEqualTo("text/plain;charset=utf-8");
            assertThat(response.values("Server")).isEmpty();
            assertThat(response.text()).startsWith(outcome + ": ").endsWith("\nMore: /-/outcomes/" + outcome + "\n");
            assertThat(client.awaitClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"Expect: odd", "Upgrade: websocket"})
    void theStatusInTheTextIsTheOneOnTheStatusLine(String field) {
        ReceivedResponse response =
                answerTo("POST /proxy/ HTTP/1.1\r\nHost: h\r\n" + field + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(response.text()).doesNotContainPattern("status (?!" + response.status() + ")[0-9]");
    }

    @Test
    void whatAClientSendsIsNoLineOfTheLog() throws IOException {
        try (LaunchedProcess weir = LaunchedProcess.start("--route", "/proxy=http://127.0.0.1:9")) {
            String before = weir.err();
            for (String hosts : List.of("Host: a@evil", "Host: /x", "Host: a\r\nHost: b", "Host: [a]", "Host: a:b")) {
                try (Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
                    client.send("GET /nowhere HTTP/1.1\r\n" + hosts + "\r\n\r\n")
                            .receiveResponse();
                }
            }
            assertThat(weir.err()).isEqualTo(before);
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedWith431() {
        ReceivedResponse response =
                answerTo("GET /proxy/ HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        assertThat(response.status()).isEqualTo(431);
        assertThat(response.text()).startsWith("request-head-too-large: ");
    }

    @Test
    void theFormIsJsonWhereTheHeadCouldBeReadAndAsksForIt() {
        ReceivedResponse response =
                answerTo("GET http://other/ HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\n\r\n");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.field("Content-Type")).isEqualTo("application/json");
        assertThat(response.text()).contains("\"outcome\":\"bad-request\"");
    }

    @Test
    void aTargetThatIsTooLongIsRefusedWith414() {
        ReceivedResponse response = answerTo("GET /proxy/?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(response.status()).isEqualTo(414);
        assertThat(response.text()).startsWith("target-too-long: ");
    }

    @Test
    void aRefusalOfHeadHasNoBody() {
        try (Client client = Client.connect("127.0.0.1", launcher.uri().getPort())) {
            client.send("HEAD / HTTP/1.1\r\n\r\n");
            assertThat(client.receiveResponse(true).status()).isEqualTo(400);
            assertThat(client.readSome(1)).isEmpty();
        }
    }

    @Test
    void aRequestHeadOf16KiBPasses() {
        String head = "GET /proxy/ HTTP/1.1\r\nHost: h\r\nX: ";
        ReceivedResponse response = answerTo(head + "x".repeat((16 << 10) - head.length() - 4) + "\r\n\r\n");
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void aResponseHeadOf32KiBPasses() {
        int size = (32 << 10) - "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Large: \r\n\r\n".length();
        ReceivedResponse response = answerTo("GET /proxy/" + size + " HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.field("X-Large")).hasSize(size);
    }

    @Test
    void theConnectorFollowsTheParametersForHeads() throws StartFailedException {
        try (RunningLauncher larger = Launcher.start(Options.of(
                        "--port",
                        "0",
                        "--route",
                        "/proxy=" + origin.uri(),
                        "--set",
                        "maxRequestHeadersSize=64KiB",
                        "--set",
                        "maxResponseHeadersSize=128KiB"));
                Client client = Client.connect("127.0.0.1", larger.uri().getPort())) {
            client.send("GET /proxy/120000 HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(60_000) + "\r\n\r\n");
            assertThat(client.receiveResponse().field("X-Large")).hasSize(120_000);
        }
    }

    @Test
    void pathsThatContainersDistrustReachTheUpstreamAsTheyCame() {
        String target = "/a%2Fb//c;v=1/%25|{}?x={y}";
        try (Origin scripted = new Origin();
                RunningLauncher own = Launcher.start(Options.of("--port", "0", "--route", "/=" + scripted.uri()));
                Client client = Client.connect("127.0.0.1", own.uri().getPort())) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
            ReceivedRequest request = scripted.accept().receiveRequest();
            assertThat(request.target()).isEqualTo(target);
        } catch (StartFailedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
