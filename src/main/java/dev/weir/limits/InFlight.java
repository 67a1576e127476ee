package dev.weir.limits;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Exchanges at once, over all routes, with a bound.
 *
 * <p>Threads: any.
 */
public final class InFlight {
    private final int max;
    private final AtomicInteger count = new AtomicInteger();

    /** At most {@code max} exchanges, at least 1. */
    public InFlight(int max) {
        this.max = max;
    }

    /** Takes a permit if one is left. */
    public boolean tryEnter() {
        int before = count.getAndUpdate(n -> n < max ? n + 1 : n);
        return before < max;
    }

    /** Gives a permit back. */
    public void leave() {
        count.decrementAndGet();
    }

    /** Permits taken. */
    public int count() {
        return count.get();
    }

    /** The bound. */
    public int max() {
        return max;
    }
}
