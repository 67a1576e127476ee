package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Thousands of exchanges of all kinds at once: each gets its own bytes, ends once, and leaves nothing behind. */
class StressIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final int THREADS = 6;
    private static final int EXCHANGES_EACH = 400;
    private static final int[] SIZES = {0, 1, 1000, 100_000, 100_000, 1_000_000};
    private static final byte[] BYTES = Payload.of(2_000_000, 5);

    /** A body that is told by where it starts in {@link #BYTES}. */
    private static byte[] body(int start, int size) {
        byte[] body = new byte[size];
        System.arraycopy(BYTES, start, body, 0, size);
        return body;
    }

    private static boolean isTrouble(String logged) {
        return Stream.of("SEVERE", "ERROR", "Exception", "WARN").anyMatch(logged::contains);
    }

    /** {@code /whole/START/SIZE}, {@code /chunked/START/SIZE}, {@code /cut/START/SIZE} (half of it), {@code /echo}. */
    private static byte[] answer(ReceivedRequest request) {
        String[] path = request.target().split("/");
        if (path[1].equals("echo")) {
            return Payload.ok(request.body());
        }
        byte[] body = body(Integer.parseInt(path[2]), Integer.parseInt(path[3]));
        String head = "HTTP/1.1 200 OK\r\n";
        return switch (path[1]) {
            case "chunked" ->
                Payload.message(head + "Transfer-Encoding: chunked\r\n\r\n", Payload.chunked(body, 30_000));
            case "cut" ->
                Payload.message(head + "Connection: close\r\nContent-Length: " + 2 * body.length + "\r\n\r\n", body);
            default -> Payload.ok(body);
        };
    }

    /** One thread's clients, one after the other; a connection is used as long as it lasts. */
    private final class Clients {
        private final Random random;
        private final String name;
        private final int exchanges;
        /** What was asked on the connection so far, for who has to find out what went wrong. */
        private final List<String> asked = new ArrayList<>();

        private Client client;

        Clients(int seed, int exchanges) {
            this.exchanges = exchanges;
            this.random = new Random(seed);
            this.name = "seed " + seed;
        }

        Void run() {
            for (int exchange = 0; exchange < exchanges; exchange++) {
                if (client == null) {
                    client = Client.connect(weir().host(), weir().port());
                    asked.clear();
                }
                try {
                    one(name + ", exchange " + exchange);
                } catch (AssertionError failed) {
                    String message = failed.getMessage();
                    throw new AssertionError(
                            name + ", exchange " + exchange + ", on one connection " + asked + ": "
                                    + message.substring(0, Math.min(200, message.length())) + "; logged: "
                                    + weir().log()
                                            .lines()
                                            .filter(StressIT::isTrouble)
                                            .toList(),
                            failed.getCause());
                }
            }
            if (client != null) {
                leave(false);
            }
            return null;
        }

        private void one(String which) {
            int size = SIZES[random.nextInt(SIZES.length)];
            int start = random.nextInt(BYTES.length - size);
            int kind = random.nextInt(20);
            if (kind < 10) {
                whole(which, kind < 7 ? "whole" : "chunked", start, size);
            } else if (kind < 16) {
                echo(which, body(start, Math.min(size, 300_000)));
            } else if (kind == 16) {
                cut(which, start, size + 1);
            } else if (kind == 17) {
                send("GET", "/whole/" + start + "/" + size, "");
                leave(random.nextBoolean());
            } else if (kind == 18) {
                send("GET", "/whole/0/1000000", "");
                assertThat(client.receiveHead().status()).as(which).isEqualTo(200);
                leave(random.nextBoolean());
            } else {
                send("POST", "/echo", "Content-Length: 100000\r\n");
                client.send(body(0, 50_000));
                leave(random.nextBoolean());
            }
        }

        private void send(String method, String rest, String fields) {
            asked.add(method + " " + rest);
            client.send(
                    method + " " + path(ROUTE, rest) + " HTTP/1.1\r\nHost: " + authority() + "\r\n" + fields + "\r\n");
        }

        private void leave(boolean orderly) {
            if (orderly) {
                client.close();
            } else {
                client.reset();
            }
            client = null;
        }

        private void whole(String which, String kind, int start, int size) {
            send("GET", "/" + kind + "/" + start + "/" + size, "");
            assertWhole(which, client.receiveResponse(), body(start, size));
        }

        private void echo(String which, byte[] body) {
            boolean chunked = random.nextBoolean();
            send(
                    "POST",
                    "/echo",
                    chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
            client.send(chunked ? Payload.chunked(body, 20_000) : body);
            assertWhole(which, client.receiveResponse(), body);
        }

        private void assertWhole(String which, ReceivedResponse response, byte[] body) {
            assertThat(response.status()).as("%s: %s", which, response).isEqualTo(200);
            assertThat(response.ending())
                    .as("%s, after %d of %d bytes: %s", which, response.body().length, body.length, response)
                    .isEqualTo(Ending.COMPLETE);
            assertThat(response.body()).as(which).isEqualTo(body);
            if ("close".equals(response.field("Connection"))) {
                // Tomcat closes a connection after its hundredth request.
                leave(true);
            }
        }

        private void cut(String which, int start, int size) {
            send("GET", "/cut/" + start + "/" + Math.min(size, BYTES.length - start), "");
            ReceivedResponse response = client.receiveResponse();
            if (response.status() == 200) {
                assertThat(response.ending()).as(which).isEqualTo(Ending.ABORTED);
                assertThat(response.body()).as(which).isEqualTo(body(start, response.body().length));
                leave(true);
            } else {
                Refusals.assertRefused(response, 502, "closed", "connection_terminated");
            }
        }
    }

    private void runAll(int threads) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int seed = 1; seed <= threads; seed++) {
                all.add(pool.submit(new Clients(seed, EXCHANGES_EACH)::run));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void everyExchangeGetsItsOwnBytesAndNothingIsLeft() throws InterruptedException {
        origin(ROUTE).answerAll(StressIT::answer);
        new Clients(0, 150).run();
        Leaks.none(weir());
        origin(ROUTE).answerAll(StressIT::answer);
        int descriptors = weir().openDescriptors();
        int logged = weir().log().length();

        runAll(THREADS);

        Leaks.none(weir());
        Awaitility.await("descriptors back at " + descriptors)
                .atMost(Duration.ofSeconds(10))
                .until(() -> weir().openDescriptors() <= descriptors + 3);
        assertThat(weir().log().substring(logged).lines()).noneMatch(StressIT::isTrouble);
    }

    @Test
    void oneConnectionCarriesManyExchanges() {
        origin(ROUTE).answerAll(StressIT::answer);
        Client client = client();
        for (int exchange = 0; exchange < 2000; exchange++) {
            client.send("GET " + path(ROUTE, "/whole/" + exchange * 500 + "/100000") + " HTTP/1.1\r\nHost: "
                    + authority() + "\r\n\r\n");
            ReceivedResponse response = client.receiveResponse();
            assertThat(response.status()).as("exchange %d", exchange).isEqualTo(200);
            assertThat(response.body()).as("exchange %d", exchange).isEqualTo(body(exchange * 500, 100_000));
            if ("close".equals(response.field("Connection"))) {
                client = client();
            }
        }
        assertThat(origin(ROUTE).connections()).isLessThan(20);
    }
}
