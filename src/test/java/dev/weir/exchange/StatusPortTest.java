package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.RunningLauncher;
import dev.weir.boot.StartFailedException;
import dev.weir.wire.Client;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weir.statusPort}: the pages where clients cannot crowd them out, and nothing else. */
@Timeout(40)
class StatusPortTest {
    private static final int CONNECTIONS = 8;
    private static final String HOST = " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    private static final String PAGE = "GET /-/status.json" + HOST;

    private final Origin origin = new Origin();

    @AfterEach
    void close() {
        origin.close();
    }

    private RunningLauncher start(String... more) throws StartFailedException {
        List<String> options =
                new ArrayList<>(List.of("--port", "0", "--route", "/proxy=" + origin.uri(), "--set", "statusPort=0"));
        options.addAll(List.of(more));
        return Launcher.start(Options.of(options.toArray(String[]::new)));
    }

    private static Client connect(RunningLauncher weir) {
        return Client.connect("127.0.0.1", weir.pages().getPort());
    }

    private static ReceivedResponse ask(RunningLauncher weir, String request) {
        try (Client client = connect(weir)) {
            return client.send(request).receiveResponse(request.startsWith("HEAD"));
        }
    }

    private static void closeAll(List<Client> clients) {
        clients.forEach(Client::close);
    }

    @Test
    void thereIsNoneUnlessItIsAskedFor() throws StartFailedException {
        try (RunningLauncher weir = Launcher.start(Options.of("--port", "0", "--route", "/proxy=http://127.0.0.1:9"))) {
            assertThat(weir.pages().getPort()).isEqualTo(weir.uri().getPort());
        }
    }

    @Test
    void thePagesAreThereAndStayWhereTheyWere() throws StartFailedException {
        try (RunningLauncher weir = start();
                Client main = Client.connect("127.0.0.1", weir.uri().getPort())) {
            assertThat(weir.pages().getPath()).isEqualTo("/-/");
            assertThat(ask(weir, PAGE).text()).contains("\"home\":\"launcher\"");
            assertThat(main.send(PAGE).receiveResponse().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /proxy/",
                "HEAD /proxy/",
                "GET /",
                "GET /-",
                "GET /nowhere",
                "GET /-/../proxy/",
                "GET /-/%2e%2e/proxy/",
                "GET /-/..;/proxy/",
                "GET /-/%2e%2e%2fproxy/",
                "GET /-//../../proxy/",
                "OPTIONS *"
            })
    void whatIsNoPageIsNotThereAndNotProxied(String line) throws StartFailedException {
        try (RunningLauncher weir = start("--forward-proxy", "127.0.0.1")) {
            ReceivedResponse answer = ask(weir, line + HOST);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.field("Proxy-Status")).contains("no-route");
            if (!line.startsWith("HEAD")) {
                assertThat(answer.text()).startsWith("no-route: ").contains("weir.statusPort");
            }
            assertThat(origin.connections()).isZero();
        }
    }

    @Test
    void noOtherServerIsReachedThroughIt() throws StartFailedException {
        origin.answerAll(request -> Origin.ok("the other server"));
        try (RunningLauncher weir = start("--forward-proxy", "127.0.0.1")) {
            String host = " HTTP/1.1\r\nHost: 127.0.0.1:" + origin.port() + "\r\n\r\n";
            assertThat(ask(weir, "GET " + origin.uri() + "/-/status.json" + host)
                            .text())
                    .contains("\"home\":\"launcher\"");
            assertThat(ask(weir, "GET " + origin.uri() + "/" + host).status()).isEqualTo(404);
            assertThat(ask(weir, "CONNECT 127.0.0.1:" + origin.port() + host).status())
                    .isEqualTo(404);
            assertThat(origin.connections()).isZero();
        }
    }

    @Test
    void itAnswersWhileClientsWaitToBeAccepted() throws StartFailedException {
        try (RunningLauncher weir = start("--set", "maxClients=1");
                Client inFlight = Client.connect("127.0.0.1", weir.uri().getPort());
                Client waiting = Client.connect("127.0.0.1", weir.uri().getPort())) {
            inFlight.send("GET /proxy/" + HOST);
            OriginConnection upstream = origin.accept();
            waiting.send(PAGE);
            assertThat(ask(weir, PAGE).text()).contains("\"inFlight\":1");
            assertThat(waiting.receivedBytes()).isZero();
            upstream.skipRequest().send(Origin.ok("ok"));
            assertThat(waiting.receiveResponse().status()).isEqualTo(200);
        }
    }

    @Test
    void itsConnectionsTakeNoClientsPlace() throws StartFailedException {
        origin.answerAll(request -> Origin.ok("ok"));
        try (RunningLauncher weir = start("--set", "maxClients=1");
                Client page = connect(weir).send(PAGE);
                Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            assertThat(page.receiveResponse().status()).isEqualTo(200);
            assertThat(client.send("GET /proxy/" + HOST).receiveResponse().text())
                    .isEqualTo("ok");
        }
    }

    /** The last one that is accepted is told to close, and the silent ones go, so that nobody waits for long. */
    @Test
    void eightAreServedAtOnceAndMakeRoomForWhoComesNext() throws StartFailedException {
        try (RunningLauncher weir = start()) {
            List<Client> clients =
                    Stream.generate(() -> connect(weir)).limit(CONNECTIONS - 1).toList();
            for (Client client : clients) {
                assertThat(client.send(PAGE).receiveResponse().values("Connection"))
                        .isEmpty();
            }
            try (Client last = connect(weir).send(PAGE);
                    Client next = connect(weir).send(PAGE)) {
                assertThat(last.receiveResponse().field("Connection")).isEqualTo("close");
                assertThat(next.receiveResponse().status()).isEqualTo(200);
            } finally {
                closeAll(clients);
            }
        }
    }

    @Test
    void headsThatDoNotGetReadyAreCut() throws StartFailedException {
        try (RunningLauncher weir = start("--set", "headTimeout=1s")) {
            List<Client> slow = Stream.generate(() -> connect(weir).send("GET /-/sta"))
                    .limit(CONNECTIONS)
                    .toList();
            assertThat(ask(weir, PAGE).status()).isEqualTo(200);
            assertThat(slow).allMatch(Client::awaitClosed);
            closeAll(slow);
        }
    }

    @Test
    void itSpeaksTlsWithTheSameCertificateWhereTheOtherDoes(@TempDir Path folder) throws Exception {
        ServerCertificate certificate = ServerCertificate.issue(folder);
        try (RunningLauncher weir = start(
                "--tls-cert",
                certificate.pem().toString(),
                "--tls-key",
                certificate.key().toString())) {
            URI pages = weir.pages();
            assertThat(pages.getScheme()).isEqualTo("https");
            try (Http2Client client = Http2Client.connect("127.0.0.1", pages.getPort(), certificate.context())) {
                assertThat(client.get("/-/status.json").receiveResponse().getStatus())
                        .isEqualTo(200);
                assertThat(client.get("/proxy/").receiveResponse().getStatus()).isEqualTo(404);
            }
        }
    }

    @Test
    void whereItIsSaysALineBehindTheOtherAndItTellsOfTheDrainUntilTheEnd() throws Exception {
        try (LaunchedProcess weir =
                        LaunchedProcess.start("--route", "/proxy=" + origin.uri(), "--set", "statusPort=0");
                Client inFlight = Client.connect("127.0.0.1", weir.uri().getPort())) {
            URI status = weir.status();
            assertThat(status).hasHost("127.0.0.1").hasPath("/-/status");
            inFlight.send("GET /proxy/" + HOST);
            OriginConnection upstream = origin.accept();
            weir.terminate();
            try (Client page = Client.connect("127.0.0.1", status.getPort())) {
                Awaitility.await()
                        .until(() -> page.send(PAGE).receiveResponse().text().contains("\"draining\":true"));
                upstream.skipRequest().send(Origin.ok("ok"));
                assertThat(inFlight.receiveResponse().text()).isEqualTo("ok");
            }
            assertThat(weir.exitStatus()).isZero();
        }
    }

    private static String[] options(int statusPort, String... more) {
        Stream<String> all =
                Stream.concat(Stream.of("--port", "0", "--set", "statusPort=" + statusPort), Arrays.stream(more));
        return all.toArray(String[]::new);
    }

    @Test
    void aPortInUseIsToldAsSuch() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Run run = Run.of(options(taken.getLocalPort(), "--route", "/proxy=" + origin.uri()));
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err())
                    .contains(
                            "port " + taken.getLocalPort() + " of 127.0.0.1 is in use",
                            "choose another weir.statusPort (0 picks a free one)");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void aRouteToItIsALoop() {
        int free = origin.port();
        origin.close();
        Run run = Run.of(options(free, "--route", "/proxy=http://localhost:" + free + "/x"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("proxyTo of route proxy (/proxy/)", "Weir itself listens on");
    }

    @Test
    void thePortOfTheOtherListenerIsNone() {
        Run run = Run.of("--port", "8080", "--set", "statusPort=8080", "--route", "/proxy=" + origin.uri());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("weir.statusPort: 8080 (expected: another port than --port");
    }
}
