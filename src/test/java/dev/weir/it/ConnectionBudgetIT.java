package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten times as many destinations as sockets for them: all are served, and the bound holds at the kernel. */
class ConnectionBudgetIT {
    private static final int BUDGET = 20;
    private static final int DESTINATIONS = 200;
    private static final int ROUNDS = 5;
    private static final int THREADS = 30;

    /** The launcher and one container. */
    static Stream<Home> homes() {
        return ChosenHomes.all().filter(home -> home == Home.LAUNCHER || home == Home.TOMCAT_11);
    }

    @ParameterizedTest
    @MethodSource("homes")
    void twoHundredDestinationsShareTwentySockets(Home home) throws InterruptedException, ExecutionException {
        List<Origin> origins = Stream.generate(Origin::new).limit(DESTINATIONS).toList();
        Set<Integer> ports = origins.stream().map(Origin::port).collect(Collectors.toSet());
        RouteSpec[] routes = IntStream.range(0, DESTINATIONS)
                .mapToObj(i -> RouteSpec.to("/d" + i, origins.get(i).uri()))
                .toArray(RouteSpec[]::new);
        try (RunningWeir weir = home.start(Deployment.of(routes).shared("connectionBudget", String.valueOf(BUDGET)))) {
            assertThatASocketIsSeen(weir, origins.get(0), ports);
            origins.forEach(origin -> origin.answerAll(request -> Origin.ok("ok")));
            long most = runAll(weir, ports);
            Status status = Status.of(weir);
            int evictions = status.json().getInt("connections.evictions");
            System.out.println(home + ": " + DESTINATIONS * ROUNDS + " exchanges with " + DESTINATIONS
                    + " destinations over a budget of " + BUDGET + ": at most " + most + " sockets open, " + evictions
                    + " evicted");
            assertThat(most).isLessThanOrEqualTo(BUDGET);
            assertThat(evictions).isGreaterThan(DESTINATIONS);
            assertThat(status.json().getInt("connections.open")).isLessThanOrEqualTo(BUDGET);
        } finally {
            origins.forEach(Origin::close);
        }
    }

    /** Otherwise the count below would say nothing. */
    private static void assertThatASocketIsSeen(RunningWeir weir, Origin origin, Set<Integer> ports) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + "/d0/a HTTP/1.1\r\nHost: a\r\n\r\n");
            var upstream = origin.accept().skipRequest();
            assertThat(ProcessSockets.open(weir.pid(), ports::contains)).isEqualTo(1);
            upstream.send(Origin.ok("ok"));
            client.receiveResponse();
            upstream.close();
        }
    }

    /** Returns the most sockets that were seen open at once. */
    private static long runAll(RunningWeir weir, Set<Integer> ports) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                all.add(pool.submit(() -> ask(weir, first)));
            }
            long most = 0;
            for (Future<?> one : all) {
                while (!isDone(one)) {
                    most = Math.max(most, ProcessSockets.open(weir.pid(), ports::contains));
                }
            }
            return most;
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean isDone(Future<?> one) throws InterruptedException, ExecutionException {
        try {
            one.get(20, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        }
    }

    private static void ask(RunningWeir weir, int first) {
        try (Client client = Client.connect(weir.host(), weir.port()).patience(Duration.ofSeconds(20))) {
            for (int i = first; i < DESTINATIONS * ROUNDS; i += THREADS) {
                client.send("GET " + weir.contextPath() + "/d" + i % DESTINATIONS + "/a HTTP/1.1\r\nHost: a\r\n\r\n");
                ReceivedResponse response = client.receiveResponse();
                assertThat(response.status()).as("%s", response).isEqualTo(200);
            }
        }
    }
}
