package dev.weir.upstream;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The open connections of all destinations: which of them serve exchanges, which have room for one, and which were idle
 * for longest.
 *
 * <p>Threads: guarded by the {@link ConnectionBudget}, which alone uses it.
 */
final class PooledConnections {
    private final BudgetLimits limits;
    /** The one that was idle for longest first. */
    private final Set<Pooled> idle = new LinkedHashSet<>();

    PooledConnections(BudgetLimits limits) {
        this.limits = limits;
    }

    int idle() {
        return idle.size();
    }

    /** Leases the share's {@link Available#first} connection, of those with room; null where there is none. */
    Pooled lease(Share share, Object selector, long now, Deferred deferred) {
        for (Pooled next = share.available.first(selector); next != null; next = share.available.first(selector)) {
            boolean spent = next.isSpent(limits, now);
            if (!spent && next.hasRoom()) {
                idle.remove(next);
                next.leases++;
                next.uses++;
                share.leased++;
                share.tally.leased(next.uses == 1);
                if (!next.hasRoom()) {
                    unlist(next);
                }
                return next;
            }
            unlist(next);
            if (spent && next.isIdle()) {
                discard(next, deferred);
            }
        }
        return null;
    }

    private static void unlist(Pooled first) {
        first.share().available.removeFirst(first);
        first.listed = false;
    }

    private static void list(Pooled pooled) {
        if (!pooled.listed && pooled.hasRoom()) {
            pooled.listed = true;
            pooled.share().available.addFirst(pooled);
        }
    }

    /** An exchange on it has ended; whether the connection is spent by now. */
    boolean endLease(Pooled pooled, long now, long toldIdleNanos) {
        pooled.leases--;
        pooled.share().leased--;
        pooled.idleSinceNanos = now;
        pooled.toldIdleNanos = toldIdleNanos;
        return pooled.isIdle() && pooled.isSpent(limits, now);
    }

    /** It may serve so many exchanges at once from now on. */
    void changeRoom(Pooled pooled, int maxLeases) {
        pooled.maxLeases = maxLeases;
        if (!pooled.removed) {
            list(pooled);
        }
    }

    void putBack(Pooled pooled, Deferred deferred) {
        list(pooled);
        if (pooled.isIdle()) {
            idle.add(pooled);
            if (idle.size() > limits.maxIdle()) {
                discard(idle.iterator().next(), deferred);
            }
        }
    }

    void forget(Pooled pooled) {
        Share share = pooled.share();
        pooled.removed = true;
        share.leased -= pooled.leases;
        share.all.remove(pooled);
        share.available.remove(pooled);
        idle.remove(pooled);
    }

    /** Takes it out of the pool, and closes it. */
    void discard(Pooled pooled, Deferred deferred) {
        forget(pooled);
        deferred.add(pooled.connection::close);
    }

    void discardSpent(long now, Deferred deferred) {
        discardIdle(idle, pooled -> pooled.isSpent(limits, now), deferred);
    }

    void discardIdle(Collection<Pooled> among, Predicate<Pooled> which, Deferred deferred) {
        for (Pooled pooled : List.copyOf(among)) {
            if (pooled.isIdle() && which.test(pooled)) {
                discard(pooled, deferred);
            }
        }
    }

    /** The one that was idle for longest, of another share; null where there is none. */
    Pooled longestIdleBut(Share share) {
        for (Pooled pooled : idle) {
            if (pooled.share() != share) {
                return pooled;
            }
        }
        return null;
    }
}
