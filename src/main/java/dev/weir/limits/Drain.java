package dev.weir.limits;

/**
 * Whether this instance is on its way out: then it refuses new exchanges and lets those in flight end.
 *
 * <p>Threads: any; once draining, always draining.
 */
public final class Drain {
    private volatile boolean draining;

    /** Starts the drain. */
    public void begin() {
        draining = true;
    }

    /** Whether new exchanges are refused. */
    public boolean isDraining() {
        return draining;
    }
}
