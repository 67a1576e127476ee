package dev.weir.upstream;

/**
 * What has happened at one destination, or at all of them: counts that only grow.
 *
 * <p>Threads: guarded by the {@link ConnectionBudget}, which alone uses it.
 */
final class Tally {
    private final Tally all;
    private long leases;
    private long firstLeases;
    private long failures;
    private long evictions;

    /** @param all counts with it; null where it is that one */
    Tally(Tally all) {
        this.all = all;
    }

    /** A connection was given to an exchange; the first one that it serves, or not. */
    void leased(boolean first) {
        leases++;
        firstLeases += first ? 1 : 0;
        if (all != null) {
            all.leased(first);
        }
    }

    /** A socket that was to be opened came to nothing. */
    void failed() {
        failures++;
        if (all != null) {
            all.failed();
        }
    }

    /** A connection is closed to make room. */
    void evicted() {
        evictions++;
        if (all != null) {
            all.evicted();
        }
    }

    DestinationSnapshot.Ever now() {
        return new DestinationSnapshot.Ever(leases, firstLeases, failures, evictions);
    }
}
