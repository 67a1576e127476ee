package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final String GET = "GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void whatIsInFlightEndsAndWhatComesLateIsRefused() throws Exception {
        try (Origin origin = new Origin();
                LaunchedProcess weir = LaunchedProcess.start("--route", "/proxy=" + origin.uri());
                Client inFlight = connect(weir);
                Client idle = connect(weir)) {
            // Once it has had an answer, the connection is beyond doubt an open one.
            idle.send("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(idle.receiveResponse().status()).isEqualTo(404);
            inFlight.send(GET);
            OriginConnection upstream = origin.accept();
            upstream.skipRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            inFlight.receiveHead();
            weir.terminate();
            Awaitility.await().until(() -> weir.err().contains("draining: 1 exchange in flight"));
            assertRefused(idle);
            try (Client late = connect(weir)) {
                assertRefused(late);
            }
            upstream.send("67890");
            assertThat(new String(inFlight.readBody(10))).isEqualTo("1234567890");
            assertThat(weir.exitStatus()).isZero();
            assertThat(weir.err()).contains("drained\n");
        }
    }

    @Test
    void anAnswerThatBeginsWithinADrainSaysThatItIsTheLast() throws Exception {
        try (Origin origin = new Origin();
                LaunchedProcess weir = LaunchedProcess.start("--route", "/proxy=" + origin.uri());
                Client client = connect(weir)) {
            client.send(GET);
            OriginConnection upstream = origin.accept();
            upstream.skipRequest();
            weir.terminate();
            Awaitility.await().until(() -> weir.err().contains("draining: 1 exchange in flight"));
            upstream.send(Origin.ok("last"));
            ReceivedResponse response = client.receiveResponse();
            assertThat(response.text()).isEqualTo("last");
            assertThat(response.field("Connection")).isEqualTo("close");
            assertThat(client.awaitClosed()).isTrue();
            assertThat(weir.exitStatus()).isZero();
        }
    }

    /** The kernel has accepted them, and has their requests, when Weir is told to stop. */
    @Test
    void whoWaitsToBeAcceptedIsRefusedAndNotReset() throws Exception {
        try (Origin origin = new Origin();
                LaunchedProcess weir =
                        LaunchedProcess.start("--route", "/proxy=" + origin.uri(), "--set", "maxClients=2")) {
            List<Client> clients =
                    Stream.generate(() -> connect(weir).send(GET)).limit(12).toList();
            List<OriginConnection> inFlight = List.of(origin.accept(), origin.accept());
            weir.terminate();
            Awaitility.await().until(() -> weir.err().contains("draining: 2 exchanges in flight"));
            inFlight.forEach(exchange -> exchange.skipRequest().send(Origin.ok("ok")));
            List<Integer> statuses = new ArrayList<>();
            for (Client client : clients) {
                try (client) {
                    statuses.add(client.receiveResponse().status());
                }
            }
            assertThat(statuses).containsOnly(200, 503);
            assertThat(weir.exitStatus()).isZero();
        }
    }

    private static Client connect(LaunchedProcess weir) {
        return Client.connect("127.0.0.1", weir.uri().getPort());
    }

    private static void assertRefused(Client client) {
        ReceivedResponse refusal = client.send(GET).receiveResponse();
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.field("Connection")).isEqualTo("close");
        assertThat(refusal.field("Retry-After")).isNotNull();
        assertThat(refusal.text()).startsWith("draining: ");
        assertThat(client.awaitClosed()).isTrue();
    }

    @Test
    void anExchangeThatDoesNotEndInTimeIsCutAndTheStatusIs1() throws Exception {
        try (Origin origin = new Origin();
                LaunchedProcess weir =
                        LaunchedProcess.start("--route", "/proxy=" + origin.uri(), "--set", "drainTimeout=300ms");
                Client client = connect(weir)) {
            client.send(GET);
            origin.accept().skipRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            ReceivedResponse head = client.receiveHead();
            weir.terminate();
            assertThat(client.receiveBody(head).ending()).isEqualTo(Ending.ABORTED);
            assertThat(weir.exitStatus()).isEqualTo(1);
            assertThat(weir.err()).contains("1 exchange cut", "weir.drainTimeout");
        }
    }

    @Test
    void nothingInFlightEndsAtOnce() throws IOException, InterruptedException {
        try (LaunchedProcess weir = LaunchedProcess.start("--route", "/proxy=http://127.0.0.1:9")) {
            weir.terminate();
            assertThat(weir.exitStatus()).isZero();
            assertThat(weir.err()).contains("draining: 0 exchanges in flight", "drained");
        }
    }

    @Test
    void theLogIsALineARecordWithTimeAndLevelAndNothingOfJettys() throws IOException {
        try (LaunchedProcess weir = LaunchedProcess.start("--route", "/proxy=http://127.0.0.1:9")) {
            assertThat(weir.err().lines())
                    .hasSize(2)
                    .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S* INFO"
                            + " (Descriptors: limit .*|Route proxy: /proxy/ leads to .*)"));
        }
    }
}
