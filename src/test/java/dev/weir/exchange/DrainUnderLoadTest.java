package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.ReceivedResponse;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** A process that is told to stop while all of its clients ask again and again: each answer is whole, the last one, too. */
@Timeout(60)
class DrainUnderLoadTest {
    private static final int ROUNDS = 2;
    private static final int CLIENTS = 32;
    private static final int STREAMS = 8;
    private static final List<String> REQUESTS = List.of(
            "GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /proxy/chunked HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST /proxy/ HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + "b".repeat(100_000),
            "POST /proxy/chunked HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + ("3e8\r\n" + "c".repeat(1000) + "\r\n").repeat(10) + "0\r\n\r\n");
    private static final String NOT_SENT = "not sent";

    private final DelayedUpstream upstream = new DelayedUpstream();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    /** So many say that all of them are at it. */
    private final CountDownLatch answers = new CountDownLatch(2 * CLIENTS);

    private LaunchedProcess weir;

    @BeforeEach
    void start() throws Exception {
        weir = LaunchedProcess.start("--route", "/proxy=" + upstream.uri(), "--set", "drainTimeout=10s");
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        weir.close();
        upstream.close();
    }

    @RepeatedTest(ROUNDS)
    void aClientOfHttp1GetsWholeAnswersAndIsToldWhichIsTheLast() throws Exception {
        assertThat(lastAnswers((number, request) -> askByHttp1(request)).keySet())
                .isSubsetOf("200", "503");
    }

    @RepeatedTest(ROUNDS)
    void aStreamOfHttp2GetsAWholeAnswerOrIsNotSentForAGoaway() throws Exception {
        List<Http2Client> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS / STREAMS; i++) {
                connections.add(Http2Client.connect("127.0.0.1", weir.uri().getPort()));
            }
            assertThat(lastAnswers((number, request) -> askByHttp2(connections.get(number / STREAMS), request))
                            .keySet())
                    .isSubsetOf(NOT_SENT, "503");
            assertThat(connections)
                    .allSatisfy(connection ->
                            assertThat(connection.awaitGoAway().getError()).isEqualTo(ErrorCode.NO_ERROR.code));
        } finally {
            connections.forEach(Http2Client::close);
        }
    }

    /** Stops it under the load of so many; returns how they ended, each with its number. */
    private Map<String, Integer> lastAnswers(BiFunction<Integer, String, String> client) throws Exception {
        List<Future<String>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            Callable<String> loop = () -> client.apply(number, REQUESTS.get(number % REQUESTS.size()));
            running.add(threads.submit(loop));
        }
        assertThat(answers.await(20, TimeUnit.SECONDS)).isTrue();
        weir.terminate();
        Map<String, Integer> endings = new TreeMap<>();
        for (Future<String> ending : running) {
            endings.merge(ending.get(), 1, Integer::sum);
        }
        assertThat(weir.exitStatus()).as(weir.err()).isZero();
        assertThat(weir.err()).contains("\ndrained\n");
        return endings;
    }

    private String askByHttp1(String request) {
        try (Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            while (true) {
                sendAsFarAsWanted(client, request);
                ReceivedResponse response = client.receiveResponse();
                answers.countDown();
                assertThat(response.ending()).as(response.toString()).isEqualTo(Ending.COMPLETE);
                assertWhole(response.status(), response.text());
                if ("close".equals(response.field("Connection"))) {
                    return Integer.toString(response.status());
                }
                assertThat(response.status()).isEqualTo(200);
            }
        }
    }

    /** Who is refused before all of a body is sent may be told so by the kernel; the answer is there all the same. */
    private static void sendAsFarAsWanted(Client client, String request) {
        try {
            client.send(request);
        } catch (UncheckedIOException refused) {
            return;
        }
    }

    private String askByHttp2(Http2Client client, String request) {
        boolean post = request.startsWith("POST");
        while (true) {
            Http2Exchange exchange = client.send(post ? "POST" : "GET", request.split(" ")[1], !post);
            if (!exchange.isSent()) {
                return NOT_SENT;
            }
            if (post) {
                exchange.offer(new byte[10_000], true);
            }
            MetaData.Response response = exchange.receiveResponse();
            assertWhole(response.getStatus(), exchange.receiveBody());
            answers.countDown();
            if (response.getStatus() == 503) {
                return "503";
            }
        }
    }

    private static void assertWhole(int status, String body) {
        if (status == 200) {
            assertThat(body).hasSize(DelayedUpstream.BODY_BYTES);
        } else {
            assertThat(status).isEqualTo(503);
            assertThat(body).startsWith("draining: ").endsWith("\n");
        }
    }
}
