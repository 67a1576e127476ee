package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A minute without keep-alive at full speed: ports do not run out, for none of them rests on our side. */
class ConnectionChurnIT {
    private static final int THREADS = 4;
    private static final long SECONDS = 60;

    @Test
    void withoutKeepAliveNoPortRestsOnOurSideAndNoneIsMissing() throws InterruptedException, ExecutionException {
        try (Origin origin = new Origin();
                RunningWeir weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/churn", origin.uri()))
                        .fullyCompiled()
                        .shared("keepAlive", "false")
                        .shared("connectRate", "100000"))) {
            origin.answerAll(request -> {
                assertThat(request.field("Connection")).isEqualTo("close");
                return Origin.ok("ok");
            });
            AtomicLong exchanges = new AtomicLong();
            AtomicLong mostResting = new AtomicLong();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    all.add(pool.submit(() -> ask(weir, end, exchanges)));
                }
                for (Future<?> one : all) {
                    while (!one.isDone()) {
                        long resting = ProcessSockets.resting(port -> port == origin.port());
                        mostResting.accumulateAndGet(resting, Math::max);
                        awaitASecond(one);
                    }
                    one.get();
                }
            } finally {
                pool.shutdownNow();
            }
            System.out.println("without keep-alive: " + exchanges + " exchanges in " + SECONDS + " s, at most "
                    + mostResting + " sockets of ours in TIME_WAIT");
            assertThat(exchanges.get()).isGreaterThan(10_000);
            assertThat(mostResting.get()).isLessThan(100);
        }
    }

    private static void awaitASecond(Future<?> one) throws InterruptedException, ExecutionException {
        try {
            one.get(1, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException goesOn) {
            return;
        }
    }

    private static void ask(RunningWeir weir, long end, AtomicLong exchanges) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            while (System.nanoTime() - end < 0) {
                client.send("GET /churn/a HTTP/1.1\r\nHost: a\r\n\r\n");
                ReceivedResponse response = client.receiveResponse();
                assertThat(response.status()).as("%s", response).isEqualTo(200);
                exchanges.incrementAndGet();
            }
        }
    }
}
