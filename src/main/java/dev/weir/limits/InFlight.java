package dev.weir.limits;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * Exchanges at once, over all routes, with a bound.
 *
 * <p>Threads: any.
 */
public final class InFlight {
    private final int max;
    private final IntUnaryOperator oneMore;
    private final AtomicInteger count = new AtomicInteger();

    /** At most {@code max} exchanges, at least 1. */
    public InFlight(int max) {
        this.max = max;
        this.oneMore = n -> n < max ? n + 1 : n;
    }

    /** Takes a permit if one is left. */
    public boolean tryEnter() {
        return count.getAndUpdate(oneMore) < max;
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
