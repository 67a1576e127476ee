package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Upstreams that close idle connections when it suits them: no GET fails for it, and no POST happens twice. */
@Conforms(
        title = "Upstreams that close when they like",
        to = "RFC 9112 §9.6; peers: 3 to 63 of 500 GETs answered with 502 (Jetty)")
class ClosingUpstreamIT {
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;
    private static final int EXCHANGES_EACH = 10_000 / THREADS;

    /** The launcher and one container. */
    static Stream<Home> homes() {
        return ChosenHomes.all().filter(home -> home == Home.LAUNCHER || home == Home.TOMCAT_11);
    }

    /** What the upstream has seen, by the target, which is told apart by thread and number. */
    private final Map<String, AtomicInteger> arrived = new ConcurrentHashMap<>();
    /** Statuses that are not 200, by method. */
    private final Map<String, AtomicInteger> failed = new ConcurrentHashMap<>();

    private byte[] answer(ReceivedRequest request) {
        arrived.computeIfAbsent(request.method() + request.target(), target -> new AtomicInteger())
                .incrementAndGet();
        return Origin.ok("ok");
    }

    @ParameterizedTest
    @MethodSource("homes")
    void closedBeforeEachRound(Home home) throws InterruptedException, ExecutionException {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(
                        Deployment.of(RouteSpec.to("/closing", origin.uri())).fullyCompiled())) {
            origin.answerAll(this::answer);
            CyclicBarrier round = new CyclicBarrier(THREADS, origin::closeIdle);
            run(thread -> {
                try (Asker asker = new Asker(weir, thread)) {
                    for (int i = 0; i < ROUNDS; i++) {
                        await(round);
                        asker.ask("GET", i);
                        asker.ask("POST", i);
                    }
                }
            });
            hold(home + ", closed before each of " + ROUNDS + " rounds", ROUNDS * THREADS);
        }
    }

    @ParameterizedTest
    @MethodSource("homes")
    void closedAtRandom(Home home) throws InterruptedException, ExecutionException {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(
                        Deployment.of(RouteSpec.to("/closing", origin.uri())).fullyCompiled())) {
            origin.answerAll(this::answer);
            Thread closer = new Thread(() -> {
                Random moments = new Random(1);
                while (!Thread.currentThread().isInterrupted()) {
                    origin.closeIdle();
                    LockSupport.parkNanos(1_000_000 * (1 + moments.nextInt(20)));
                }
            });
            closer.start();
            try {
                run(thread -> {
                    try (Asker asker = new Asker(weir, thread)) {
                        for (int i = 0; i < EXCHANGES_EACH; i++) {
                            asker.ask("GET", i);
                            asker.ask("POST", i);
                        }
                    }
                });
            } finally {
                closer.interrupt();
                closer.join();
            }
            assertThat(origin.connections())
                    .as("connections, so that they were closed")
                    .isGreaterThan(200);
            hold(home + ", closed at random", EXCHANGES_EACH * THREADS);
        }
    }

    private void hold(String which, int each) {
        int posts = failed.getOrDefault("POST", new AtomicInteger()).get();
        System.out.println(which + ": " + each + " GETs, " + failed.getOrDefault("GET", new AtomicInteger())
                + " failed; " + each + " POSTs, " + posts + " failed");
        assertThat(failed).as(which).doesNotContainKey("GET");
        assertThat(arrived.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("POST")
                                && entry.getValue().get() > 1))
                .as("POSTs that happened twice, %s", which)
                .isEmpty();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Script {
        void run(int thread);
    }

    private static void run(Script script) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                all.add(pool.submit(() -> script.run(number)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** A client that asks one thing after the other, on one connection for as long as it lasts. */
    private final class Asker implements AutoCloseable {
        private final RunningWeir weir;
        private final int thread;
        private Client client;

        Asker(RunningWeir weir, int thread) {
            this.weir = weir;
            this.thread = thread;
        }

        void ask(String method, int number) {
            if (client == null) {
                client = Client.connect(weir.host(), weir.port());
            }
            String body = method.equals("POST") ? "Content-Length: 3\r\n\r\nabc" : "\r\n";
            client.send(method + " " + weir.contextPath() + "/closing/" + thread + "/" + number
                    + " HTTP/1.1\r\nHost: a\r\n" + body);
            ReceivedResponse response = answer(method, number);
            if (response.status() != 200) {
                failed.computeIfAbsent(method, key -> new AtomicInteger()).incrementAndGet();
            }
            if ("close".equals(response.field("Connection"))) {
                close();
            }
        }

        private ReceivedResponse answer(String method, int number) {
            try {
                return client.receiveResponse();
            } catch (AssertionError none) {
                throw new AssertionError(
                        method + " " + thread + "/" + number + " has no answer; Weir has " + Status.of(weir)
                                + ", and at the upstream arrived "
                                + arrived.keySet().stream()
                                        .filter(one -> one.endsWith("/" + thread + "/" + number))
                                        .toList(),
                        none);
            }
        }

        @Override
        public void close() {
            if (client != null) {
                client.close();
                client = null;
            }
        }
    }
}
