package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.RouteParameters;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Outcome;
import dev.weir.limits.Descriptors;
import dev.weir.limits.Drain;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether this instance should get requests: not while it drains, as long as none of its routes has an upstream, or when
 * descriptors have been low for 5 s. Being at a bound is no reason: then it refuses some, and serves the others.
 *
 * <p>Threads: {@link #look} by one, at least once a second; the rest by any.
 */
final class Readiness {
    private static final Duration LOW_FOR = Duration.ofSeconds(5);

    private final boolean configured;
    private final Drain drain;
    private final Descriptors descriptors;
    private final Clock clock;
    private boolean wasLow;
    private long lowSinceNanos;
    private volatile boolean lowForLong;

    Readiness(Configuration configuration, Drain drain, Descriptors descriptors, Clock clock) {
        this.configured = configuration.routes().stream()
                .anyMatch(route -> route.values().get(RouteParameters.PROXY_TO).isPresent());
        this.drain = drain;
        this.descriptors = descriptors;
        this.clock = clock;
    }

    /** Notes whether descriptors are low. */
    void look() {
        boolean low = descriptors.isLow();
        long now = clock.nanoTime();
        if (low && !wasLow) {
            lowSinceNanos = now;
        }
        wasLow = low;
        lowForLong = low && now - lowSinceNanos >= LOW_FOR.toNanos();
    }

    /** Why it should get none; empty where it should. */
    Optional<Outcome> unready() {
        if (drain.isDraining()) {
            return Optional.of(Outcome.DRAINING);
        }
        if (!configured) {
            return Optional.of(Outcome.UNCONFIGURED);
        }
        return lowForLong ? Optional.of(Outcome.DESCRIPTORS_LOW) : Optional.empty();
    }
}
