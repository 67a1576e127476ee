package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The access log of a real process, whose standard output is a pipe that is read only where a test does. */
class AccessLogProcessTest {
    private static final String COMBINED = "accessLog=combined";
    private static final int WHOLE = 1_000;
    private static final int ABORTED = 300;
    private static final Pattern REQUEST = Pattern.compile("\"GET (/proxy/\\d+) HTTP/1.1\" (\\d+|-) .* id=\\S+");

    private static Client connect(LaunchedProcess weir) {
        return Client.connect("127.0.0.1", weir.uri().getPort());
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    }

    @Test
    void aPipeThatNobodyReadsHoldsUpNoRequestAndNoStop() throws IOException, InterruptedException {
        String large = "User-Agent: " + "x".repeat(12 * 1024) + "\r\n";
        int sent = 0;
        try (Origin origin = new Origin().answerAll(request -> Origin.ok("ok"));
                LaunchedProcess weir = LaunchedProcess.start("--set", COMBINED, "--route", "/proxy=" + origin.uri());
                Client client = connect(weir)) {
            while (!weir.err().contains("The access log drops lines")) {
                assertThat(client.send(get("/proxy/" + sent++, large))
                                .receiveResponse()
                                .text())
                        .isEqualTo("ok");
                assertThat(sent).isLessThan(5_000);
            }
            for (int more = 0; more < 100; more++) {
                assertThat(client.send(get("/proxy/more", large))
                                .receiveResponse()
                                .text())
                        .isEqualTo("ok");
            }
            weir.terminate();
            assertThat(weir.exitStatus()).isZero();
        }
    }

    @Test
    void eachRequestHasOneLineWhoeverCutsIt() throws IOException, InterruptedException {
        Random random = new Random(7);
        try (Origin origin = new Origin().answerAll(AccessLogProcessTest::someAnswer);
                LaunchedProcess weir = LaunchedProcess.start("--set", COMBINED, "--route", "/proxy=" + origin.uri());
                Client client = connect(weir)) {
            for (int request = 0; request < WHOLE; request++) {
                client.send(get("/proxy/" + request, "")).receiveResponse();
                if (request % 3 == 0 && request / 3 < ABORTED) {
                    leave(connect(weir), WHOLE + request / 3, random);
                }
            }
            weir.terminate();
            List<String> lines = weir.remainingLines();
            assertThat(weir.exitStatus()).isZero();
            assertThat(lines).allMatch(line -> REQUEST.matcher(line).find());
            List<String> paths = lines.stream().map(AccessLogProcessTest::path).toList();
            assertThat(paths).doesNotHaveDuplicates().hasSize(WHOLE + ABORTED);
        }
    }

    private static String path(String line) {
        Matcher request = REQUEST.matcher(line);
        return request.find() ? request.group(1) : line;
    }

    /** Small ones, one that is too large for a client that leaves, and now and then one that is cut. */
    private static byte[] someAnswer(dev.weir.wire.ReceivedRequest request) {
        int number = Integer.parseInt(request.target().substring(1));
        return Origin.ok(number < WHOLE ? "ok" : "x".repeat(number % 2 == 0 ? 1_000_000 : 10));
    }

    /** Having sent its whole request, so that there is one; sooner or later. */
    private static void leave(Client client, int number, Random random) {
        client.send(get("/proxy/" + number, ""));
        if (random.nextBoolean()) {
            client.readSome(1);
            client.reset();
        } else {
            client.readSome(1 + random.nextInt(1000));
            client.close();
        }
    }

    @Test
    void aTunnelThatAStopCutsHasItsLine() throws IOException, InterruptedException {
        try (Origin origin = new Origin();
                LaunchedProcess weir = LaunchedProcess.start(
                        "--set", COMBINED, "--set", "drainTimeout=300ms", "--route", "/proxy=" + origin.uri());
                Client client = connect(weir)) {
            client.send(get("/proxy/ws", "Connection: Upgrade\r\nUpgrade: chat\r\n"));
            OriginConnection upstream = origin.accept().skipRequest();
            upstream.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\nhello");
            assertThat(client.receiveHead().status()).isEqualTo(101);
            assertThat(client.readBody(5)).isEqualTo("hello".getBytes());
            client.send("hi!");
            assertThat(upstream.readBody(3)).isEqualTo("hi!".getBytes());
            weir.terminate();
            assertThat(weir.remainingLines()).singleElement().asString().contains(" 101 5 ", " in=3 out=5 ");
            assertThat(weir.exitStatus()).isEqualTo(1);
        }
    }
}
