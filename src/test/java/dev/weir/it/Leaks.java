package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Holds that an exchange which ended left nothing behind. */
final class Leaks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Leaks() {}

    /**
     * Waits until nothing is in flight, leased, queued or being opened; then closes what the upstreams have open, and
     * waits until no connection is pooled either, so that the next test starts as the first one did.
     */
    static void none(RunningWeir weir) {
        nothingIsHeld(weir);
        startOver();
        await(
                "pooled though closed by the upstream",
                weir,
                status -> assertThat(status.idle()).as("idle in %s", status).isZero());
    }

    /** Waits until nothing is in flight, leased, queued or being opened. */
    static void nothingIsHeld(RunningWeir weir) {
        await(
                "left by the test",
                weir,
                status -> assertThat(new int[] {status.inFlight(), status.leased(), status.queued(), status.opening()})
                        .as("in flight, leased, queued, opening in %s", status)
                        .containsOnly(0));
    }

    /** Closes what the upstreams have open, and forgets what they were to answer. */
    static void startOver() {
        Stream.of(SuiteRoute.values()).forEach(SuiteRoute::startOver);
    }

    private static void await(String what, RunningWeir weir, java.util.function.Consumer<Status> holds) {
        Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .untilAsserted(() -> holds.accept(Status.of(weir)));
    }
}
