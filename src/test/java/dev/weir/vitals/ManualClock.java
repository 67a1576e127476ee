package dev.weir.vitals;

import dev.weir.exchange.Clock;
import java.time.Duration;

/** A clock that is moved by hand. */
final class ManualClock implements Clock {
    private long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos(); // it runs over soon

    @Override
    public long nanoTime() {
        return now;
    }

    void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
