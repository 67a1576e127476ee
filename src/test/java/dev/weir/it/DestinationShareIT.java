package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of the exchanges in flight, one destination that hangs leaves the others theirs. */
class DestinationShareIT extends BehaviourSuite {
    private static final int MAX_IN_FLIGHT = 8;

    @Override
    Deployment deployment() {
        return super.deployment().shared("maxInFlight", String.valueOf(MAX_IN_FLIGHT));
    }

    private int statusOfHealthy() {
        return exchange(SuiteRoute.APP, get(SuiteRoute.APP)).client().status();
    }

    @Test
    void aDestinationThatHangsHoldsHalfAndAHealthyOneIsServed() throws InterruptedException {
        assertThat(statusOfHealthy()).isEqualTo(200);
        Semaphore asked = new Semaphore(0);
        CountDownLatch hangs = new CountDownLatch(1);
        origin(SuiteRoute.PLAIN).answerAll(request -> {
            asked.release();
            return await(hangs) ? Origin.ok("late") : null;
        });
        List<Client> waiting = Stream.generate(() -> client().send(get(SuiteRoute.PLAIN)))
                .limit(MAX_IN_FLIGHT / 2)
                .toList();
        asked.acquire(MAX_IN_FLIGHT / 2);
        for (int more = 0; more < MAX_IN_FLIGHT; more++) {
            ReceivedResponse refused = client().send(get(SuiteRoute.PLAIN)).receiveResponse();
            Refusals.assertRefused(refused, 503, "destination-in-flight-full", "connection_limit_reached");
            assertThat(refused.text()).contains("4 of 8 exchanges", "4 while others have traffic", "weir.maxInFlight");
        }

        assertThat(statusOfHealthy()).isEqualTo(200);

        hangs.countDown();
        assertThat(waiting).allMatch(client -> client.receiveResponse().text().equals("late"));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
