package dev.weir.upstream;

/**
 * How often something may happen: a bucket of tokens, refilled evenly, that holds those of one second at most.
 *
 * <p>Time is an argument, in nanoseconds of one monotonic clock. Threads: guarded by its user.
 */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private double tokens;
    private long refilledNanos;

    /** A full bucket. {@code perSecond} is at least 1. */
    TokenBucket(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.refilledNanos = nowNanos;
    }

    /** Takes a token where there is one. */
    boolean tryTake(long nowNanos) {
        refill(nowNanos);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Gives a token back: what it was taken for did not happen. */
    void giveBack() {
        tokens = Math.min(perSecond, tokens + 1);
    }

    /** Nanoseconds until there is a token; 0 where there is one. */
    long nanosToWait(long nowNanos) {
        refill(nowNanos);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
    }

    private void refill(long nowNanos) {
        tokens = Math.min(perSecond, tokens + (nowNanos - refilledNanos) * perSecond / NANOS_PER_SECOND);
        refilledNanos = nowNanos;
    }
}
