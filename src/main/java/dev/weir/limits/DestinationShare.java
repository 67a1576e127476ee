package dev.weir.limits;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;

/**
 * The exchanges in flight to one destination, with a bound that depends on the traffic of the others: half of what all
 * may have while they have any, most of it otherwise.
 *
 * <p>Threads: any, without locks. Race: traffic that another destination gets at this very moment may be noticed by the
 * next exchange only.
 */
public final class DestinationShare {
    /** How long after its last request a destination still counts as one that has traffic. */
    private static final long TRAFFIC_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** The last request is noted to this much, so that not every one of them writes. */
    private static final long PRECISION_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String origin;
    private final int half;
    private final int most;
    private final LongPredicate othersHaveTraffic;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean known;
    private volatile long lastRequest;

    DestinationShare(String origin, int half, int most, LongPredicate othersHaveTraffic) {
        this.origin = origin;
        this.half = half;
        this.most = most;
        this.othersHaveTraffic = othersHaveTraffic;
    }

    /** Takes a permit at {@code nanoTime}, if the share has one left. */
    public boolean tryEnter(long nanoTime) {
        if (!known || nanoTime - lastRequest > PRECISION_NANOS) {
            lastRequest = nanoTime;
            known = true;
        }
        return enterBelow(half) || (!othersHaveTraffic.test(nanoTime) && enterBelow(most));
    }

    private boolean enterBelow(int bound) {
        int now = count.get();
        while (now < bound) {
            if (count.compareAndSet(now, now + 1)) {
                return true;
            }
            now = count.get();
        }
        return false;
    }

    /** Gives a permit back. */
    public void leave() {
        count.decrementAndGet();
    }

    /** Permits taken. */
    public int count() {
        return count.get();
    }

    /** {@code scheme://host:port}. */
    public String origin() {
        return origin;
    }

    /** The most exchanges while other destinations have traffic. */
    public int half() {
        return half;
    }

    /** The most exchanges at any time. */
    public int most() {
        return most;
    }

    /** Whether an exchange is in flight, or a request came in the last 60 s. */
    boolean hasTraffic(long nanoTime) {
        return count.get() > 0 || (known && nanoTime - lastRequest <= TRAFFIC_NANOS);
    }
}
