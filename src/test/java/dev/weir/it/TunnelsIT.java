package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Tunnels hold what they hold, stall who has to wait, and end with Weir. */
@Conforms(
        title = "Upgrades within the bounds",
        to = "RFC 9110 §7.8; peers: tunnels of a stopped proxy go on, or leak (Caddy #5471, #6420, #7222)")
class TunnelsIT {
    private static final int MEGABYTE = 1 << 20;
    private static final long LENGTH = 100L * MEGABYTE;
    /** Its length is prime, so that what is lost or doubled shows. */
    private static final byte[] PATTERN = Payload.of(1_048_573, 6);

    private record Ends(Client client, OriginConnection upstream) {}

    private static String ask(RunningWeir weir, String fields) {
        return "GET " + weir.contextPath() + "/t/a HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    }

    private static Ends tunnel(RunningWeir weir, Origin origin) {
        Client client = Client.connect(weir.host(), weir.port());
        client.send(ask(weir, "Connection: Upgrade\r\nUpgrade: raw\r\n"));
        OriginConnection upstream = origin.accept().skipRequest();
        upstream.send("HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n");
        assertThat(client.receiveResponse().status()).isEqualTo(101);
        return new Ends(client, upstream);
    }

    private static Deployment deployment(Origin origin) {
        return Deployment.of(RouteSpec.to("/t", origin.uri()).with("queueTimeout", "1s"))
                .shared("drainTimeout", "1s")
                .jvmArgs("-Xmx64m");
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void twoTunnelsFillABudgetOfTwo(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(deployment(origin).shared("connectionBudget", "2"))) {
            Ends first = tunnel(weir, origin);
            Ends second = tunnel(weir, origin);
            Status full = Status.of(weir);
            assertThat(full.leased()).isEqualTo(2);
            assertThat(full.inFlight()).isEqualTo(2);
            try (Client third = Client.connect(weir.host(), weir.port())) {
                third.send(ask(weir, ""));
                Refusals.assertRefused(third.receiveResponse(), 503, "queue-timeout", "connection_limit_reached");
            }
            first.client().reset();
            try (Client fourth = Client.connect(weir.host(), weir.port())) {
                fourth.send(ask(weir, ""));
                origin.accept().skipRequest().send(Origin.ok("ok"));
                assertThat(fourth.receiveResponse().text()).isEqualTo("ok");
            }
            second.upstream().reset();
            assertThat(second.client().awaitClosed()).isTrue();
            second.client().close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void whoDoesNotReadStallsWhoSendsInEitherDirectionAndNothingIsLost(Home home) throws Exception {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(deployment(origin).fullyCompiled())) {
            Ends ends = tunnel(weir, origin);
            long up = ends.client().sendUntilStalled(PATTERN, Duration.ofSeconds(1));
            assertThat(up).isLessThan(32L * MEGABYTE);
            long down = ends.upstream().sendUntilStalled(PATTERN, Duration.ofSeconds(1));
            assertThat(down).isLessThan(32L * MEGABYTE);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> all = List.of(
                        threads.submit(() -> send(ends.client(), up)),
                        threads.submit(() -> send(ends.upstream(), down)),
                        threads.submit(() -> receive(ends.client())),
                        threads.submit(() -> receive(ends.upstream())));
                for (Future<?> one : all) {
                    one.get(90, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }
            ends.client().finish();
            assertThat(ends.upstream().awaitClosed()).isTrue();
            ends.upstream().close();
            assertThat(ends.client().awaitClosed()).isTrue();
            assertThat(weir.log()).doesNotContain("OutOfMemory");
            ends.client().close();
        }
    }

    /** From this place on, to the end of the length. */
    private static void send(Wire<?> end, long from) {
        for (long sent = from; sent < LENGTH; ) {
            byte[] piece = pattern(sent, (int) Math.min(MEGABYTE, LENGTH - sent));
            end.send(piece);
            sent += piece.length;
        }
    }

    private static void receive(Wire<?> end) {
        byte[] piece = new byte[0];
        for (long received = 0; received < LENGTH; received += piece.length) {
            piece = end.readSome((int) Math.min(1 << 16, LENGTH - received));
            assertThat(piece).as("cut after %d bytes", received).isNotEmpty();
            if (!Arrays.equals(piece, pattern(received, piece.length))) {
                throw new AssertionError("other bytes than were sent, behind " + received);
            }
        }
    }

    private static byte[] pattern(long place, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int start = (int) ((place + done) % PATTERN.length);
            int most = Math.min(length - done, PATTERN.length - start);
            System.arraycopy(PATTERN, start, bytes, done, most);
            done += most;
        }
        return bytes;
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void aTunnelThatIsStalledOrHalfClosedCostsNoProcessor(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(deployment(origin).fullyCompiled())) {
            List<Ends> all =
                    Stream.generate(() -> tunnel(weir, origin)).limit(4).toList();
            all.parallelStream().forEach(ends -> ends.client().sendUntilStalled(PATTERN, Duration.ofMillis(500)));
            Ends halfClosed = tunnel(weir, origin);
            halfClosed.client().finish();
            assertThat(halfClosed.upstream().awaitClosed()).isTrue();
            assertThat(processorShare(weir, Duration.ofSeconds(3))).isLessThan(0.5);
            halfClosed.upstream().close();
            assertThat(halfClosed.client().awaitClosed()).isTrue();
            all.forEach(ends -> ends.upstream().reset());
            all.forEach(ends -> ends.client().reset());
            await().until(() -> Status.of(weir).inFlight() == 0);
        }
    }

    /** Of one processor, during this time. */
    private static double processorShare(RunningWeir weir, Duration time) {
        ProcessHandle process = ProcessHandle.of(weir.pid()).orElseThrow();
        Duration before = process.info().totalCpuDuration().orElseThrow();
        long start = System.nanoTime();
        await().pollInterval(time).until(() -> System.nanoTime() - start >= time.toNanos());
        Duration used = process.info().totalCpuDuration().orElseThrow().minus(before);
        return (double) used.toNanos() / (System.nanoTime() - start);
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void whatTunnelsHoldComesBack(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(deployment(origin))) {
            assertThat(Status.of(weir).inFlight()).isZero();
            Ends warm = tunnel(weir, origin);
            warm.client().reset();
            await().until(() -> Status.of(weir).inFlight() == 0);
            int before = weir.openDescriptors();
            List<Ends> all =
                    Stream.generate(() -> tunnel(weir, origin)).limit(40).toList();
            assertThat(Status.of(weir).inFlight()).isEqualTo(40);
            assertThat(Status.of(weir).leased()).isEqualTo(40);
            for (int i = 0; i < all.size(); i++) {
                switch (i % 4) {
                    case 0 -> all.get(i).client().reset();
                    case 1 -> all.get(i).upstream().reset();
                    case 2 -> all.get(i).client().close();
                    default -> all.get(i).upstream().close();
                }
            }
            // Those that were closed in good order wait for the other end, which may still have something to say.
            all.forEach(ends -> {
                ends.client().close();
            });
            all.forEach(ends -> ends.upstream().close());
            await().untilAsserted(() -> {
                Status status = Status.of(weir);
                assertThat(status.inFlight()).isZero();
                assertThat(status.leased()).isZero();
                assertThat(status.json().getInt("connections.open")).isZero();
                assertThat(weir.openDescriptors()).isLessThanOrEqualTo(before + 4);
            });
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void withoutKeepAliveADeclinedUpgradeIsTheLastOnItsConnection(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(deployment(origin).shared("keepAlive", "false"))) {
            for (int i = 0; i < 2; i++) {
                try (Client client = Client.connect(weir.host(), weir.port())) {
                    client.send(ask(weir, "Connection: Upgrade\r\nUpgrade: raw\r\n"));
                    OriginConnection upstream = origin.accept();
                    assertThat(upstream.receiveRequest().field("Upgrade")).isEqualTo("raw");
                    upstream.send(Origin.ok("no"));
                    assertThat(client.receiveResponse().text()).isEqualTo("no");
                    assertThat(upstream.awaitClosed()).isTrue();
                }
            }
            Ends ends = tunnel(weir, origin);
            ends.client().send("up");
            assertThat(ends.upstream().readBody(2)).isEqualTo(new byte[] {'u', 'p'});
            ends.client().reset();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void aStopCutsThem(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(deployment(origin))) {
            Ends ends = tunnel(weir, origin);
            weir.terminate();
            assertThat(ends.client().awaitClosed()).isTrue();
            assertThat(ends.upstream().awaitClosed()).isTrue();
            assertThat(weir.awaitExit(Duration.ofSeconds(20))).isPresent();
            ends.client().close();
        }
    }
}
