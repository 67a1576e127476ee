package dev.weir.upstream;

import dev.weir.exchange.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.util.Attachable;

/**
 * All upstream sockets of this Weir, of every destination: how many there may be, which of them are pooled, and who has to
 * give one up for whom. Never more than {@link Limits#max} are being opened, open or being closed.
 *
 * <p>A destination that needs a socket and finds none left takes the place of the connection that was idle for longest,
 * anywhere; where none is idle it waits for its turn. A connection that comes back while a poorer destination waits is
 * closed for it. The last eighth is kept for destinations that hold less than half, so that one which hangs cannot take
 * everything.
 *
 * <p>Threads: any. One lock, held for no longer than it takes to change some counters; owners are told, and connections
 * closed, after it was given up.
 *
 * <p>Race: between a connection's return and its next use it is idle, and may be taken away for another destination; so
 * whoever finds nothing to lease always asks for a socket in the same step, whatever it was told before.
 */
final class ConnectionBudget {
    /**
     * @param max sockets at once
     * @param maxIdle idle ones among them
     * @param idleNanos how long one may be idle
     * @param maxAgeNanos how old one may become
     * @param maxUses how many exchanges one may serve
     * @param shared whether there is more than one destination, so that something is kept for the others
     */
    record Limits(int max, int maxIdle, long idleNanos, long maxAgeNanos, long maxUses, boolean shared) {}

    /** What is to be done when the lock was given up. */
    private static final class Deferred {
        private List<Runnable> steps;

        void add(Runnable step) {
            if (steps == null) {
                steps = new ArrayList<>(2);
            }
            steps.add(step);
        }

        void run() {
            if (steps != null) {
                steps.forEach(Runnable::run);
            }
        }
    }

    private final Limits limits;
    private final Clock clock;
    private final Set<SocketPermit> permits = new LinkedHashSet<>();
    /** Idle connections, the one that was idle for longest first. */
    private final Set<Pooled> idle = new LinkedHashSet<>();
    /** Whose turn it is, when a socket is gone. */
    private final Set<Share> waiting = new LinkedHashSet<>();

    /** Sockets beside those of the permits: second attempts. */
    private int extras;

    private int evicting;
    private long evictions;

    ConnectionBudget(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** A bucket for the connects of one destination. */
    TokenBucket connects(int perSecond) {
        return new TokenBucket(perSecond, clock.nanoTime());
    }

    /** A connection with room for an exchange; where there is none, null, and a socket is opened as soon as it may be. */
    Pooled lease(Share share) {
        Deferred deferred = new Deferred();
        long now = clock.nanoTime();
        Pooled leased;
        synchronized (this) {
            leased = leaseAvailable(share, now, deferred);
            if (leased == null) {
                grow(share, now, deferred);
            }
        }
        deferred.run();
        return leased;
    }

    private Pooled leaseAvailable(Share share, long now, Deferred deferred) {
        for (Pooled next = share.available.peekFirst(); next != null; next = share.available.peekFirst()) {
            if (!next.isSpent(limits, now)) {
                idle.remove(next);
                next.leases++;
                next.uses++;
                share.leased++;
                if (!next.hasRoom()) {
                    share.available.pollFirst();
                }
                return next;
            }
            share.available.pollFirst();
            if (next.isIdle()) {
                discard(next, deferred);
            }
        }
        return null;
    }

    /**
     * Takes a connection back from an exchange.
     *
     * @param toldIdleNanos how long the upstream said that it keeps it; {@link KeepAliveField#NOT_TOLD} where it said nothing
     * @return whether it stays; if not, the caller closes it
     */
    boolean release(Pooled pooled, long toldIdleNanos) {
        Deferred deferred = new Deferred();
        long now = clock.nanoTime();
        boolean stays;
        synchronized (this) {
            if (pooled.removed) {
                return false;
            }
            Share share = pooled.share();
            boolean wasAvailable = pooled.hasRoom();
            pooled.leases--;
            share.leased--;
            pooled.idleSinceNanos = now;
            pooled.toldIdleNanos = toldIdleNanos;
            stays = !pooled.isIdle() || !(pooled.isSpent(limits, now) || givesUpFor(share, pooled));
            if (stays) {
                putBack(pooled, wasAvailable, deferred);
            } else {
                forget(pooled);
            }
        }
        deferred.run();
        return stays;
    }

    private void putBack(Pooled pooled, boolean wasAvailable, Deferred deferred) {
        if (!wasAvailable) {
            pooled.share().available.addFirst(pooled);
        }
        if (pooled.isIdle()) {
            idle.add(pooled);
            if (idle.size() > limits.maxIdle()) {
                discard(idle.iterator().next(), deferred);
            }
        }
    }

    /** Whether a connection that comes back is closed, so that another destination, which is poorer, gets its place. */
    private boolean givesUpFor(Share share, Pooled pooled) {
        if (evicting >= waiting.size()) {
            return false;
        }
        for (Share other : waiting) {
            if (other != share
                    && couldUseOneLess(other)
                    && (share.sockets > other.sockets || share.owner.waiting() == 0)) {
                evict(pooled.permit);
                return true;
            }
        }
        return false;
    }

    /** Whether a share would get a socket if one more of the others' were closed. */
    private boolean couldUseOneLess(Share share) {
        return share.wantsSocket() && used() - evicting - 1 < allowed(share);
    }

    private void evict(SocketPermit permit) {
        permit.evicted = true;
        evicting++;
        evictions++;
    }

    /** Whether a share has no socket. */
    synchronized boolean isUnused(Share share) {
        return share.sockets == 0;
    }

    /** Whether a connection serves an exchange. */
    synchronized boolean isLeased(Pooled pooled) {
        return !pooled.removed && !pooled.isIdle();
    }

    /** Takes a connection out of the pool, as it is closed. False where that was done before. */
    boolean remove(Pooled pooled) {
        synchronized (this) {
            if (pooled.removed) {
                return false;
            }
            forget(pooled);
            return true;
        }
    }

    private void forget(Pooled pooled) {
        Share share = pooled.share();
        pooled.removed = true;
        share.leased -= pooled.leases;
        share.all.remove(pooled);
        share.available.removeLastOccurrence(pooled);
        idle.remove(pooled);
    }

    private void discard(Pooled pooled, Deferred deferred) {
        forget(pooled);
        deferred.add(pooled.connection::close);
    }

    /** Opens the sockets that a share wants and may have. */
    void grow(Share share) {
        Deferred deferred = new Deferred();
        synchronized (this) {
            share.growsLater = false;
            grow(share, clock.nanoTime(), deferred);
        }
        deferred.run();
    }

    private void grow(Share share, long now, Deferred deferred) {
        while (share.wantsSocket()) {
            if (used() >= allowed(share)) {
                waiting.add(share);
                evictIdleFor(share, deferred);
                return;
            }
            if (!openOne(share, now, deferred)) {
                return;
            }
        }
    }

    /** What of the budget a share may fill: not the last eighth, where it holds half of it already. */
    private int allowed(Share share) {
        boolean rich = limits.shared() && 2 * share.sockets >= limits.max();
        return rich ? limits.max() - Math.max(1, limits.max() / 8) : limits.max();
    }

    private void evictIdleFor(Share share, Deferred deferred) {
        if (evicting >= waiting.size() || !couldUseOneLess(share)) {
            return;
        }
        for (Pooled victim : idle) {
            if (victim.share() != share) {
                evict(victim.permit);
                discard(victim, deferred);
                return;
            }
        }
    }

    private boolean openOne(Share share, long now, Deferred deferred) {
        if (!share.connects.tryTake(now)) {
            if (!share.growsLater) {
                share.growsLater = true;
                long nanos = share.connects.nanosToWait(now);
                deferred.add(() -> share.owner.growLater(nanos));
            }
            return false;
        }
        SocketPermit permit = new SocketPermit(this, share);
        permits.add(permit);
        share.sockets++;
        share.opening++;
        deferred.add(() -> share.owner.open(permit));
        return true;
    }

    /** One more socket for a share that has one on its way, if there is room: it never waits, and evicts nobody. */
    boolean tryTakeExtra(Share share) {
        synchronized (this) {
            if (used() >= allowed(share) || share.sockets >= share.max) {
                return false;
            }
            extras++;
            share.sockets++;
            return true;
        }
    }

    /** The one more is gone, or the one that it was beside. */
    void giveBackExtra(Share share) {
        Deferred deferred = new Deferred();
        synchronized (this) {
            extras--;
            share.sockets--;
            serveNext(share, deferred);
        }
        deferred.run();
    }

    /** A connection is open, and idle. */
    Pooled opened(SocketPermit permit, Connection connection, int maxLeases) {
        Deferred deferred = new Deferred();
        Pooled pooled = new Pooled(connection, permit, maxLeases, clock.nanoTime());
        ((Attachable) connection).setAttachment(pooled);
        synchronized (this) {
            permit.share().opening--;
            permit.share().all.add(pooled);
            putBack(pooled, false, deferred);
        }
        deferred.run();
        return pooled;
    }

    /**
     * No connection came of a socket; its permit comes back by itself.
     *
     * @param portFree whether it left no port behind that has to rest: then it does not count as a connect
     */
    void openFailed(Share share, boolean portFree) {
        synchronized (this) {
            share.opening--;
            if (portFree) {
                share.connects.giveBack();
            }
        }
    }

    /** A socket is gone: its place goes to whose turn it is. */
    void gone(SocketPermit permit) {
        Deferred deferred = new Deferred();
        synchronized (this) {
            permits.remove(permit);
            permit.share().sockets--;
            if (permit.evicted) {
                evicting--;
            }
            serveNext(permit.share(), deferred);
        }
        deferred.run();
    }

    private void serveNext(Share poorerByOne, Deferred deferred) {
        long now = clock.nanoTime();
        serveWaiting(now, deferred);
        grow(poorerByOne, now, deferred);
    }

    private int used() {
        return permits.size() + extras;
    }

    /** The poorest first, and among equals who waits for longest; one socket a turn. */
    private void serveWaiting(long now, Deferred deferred) {
        waiting.removeIf(share -> !share.wantsSocket());
        for (Share next = nextInTurn(); next != null; next = nextInTurn()) {
            waiting.remove(next);
            if (openOne(next, now, deferred) && next.wantsSocket()) {
                waiting.add(next);
            }
        }
        if (!waiting.isEmpty()) {
            evictIdleFor(waiting.iterator().next(), deferred);
        }
    }

    private Share nextInTurn() {
        Share poorest = null;
        for (Share share : waiting) {
            if (used() < allowed(share) && (poorest == null || share.sockets < poorest.sockets)) {
                poorest = share;
            }
        }
        return poorest;
    }

    /** Closes what was idle for too long or has become too old. */
    void sweep() {
        Deferred deferred = new Deferred();
        long now = clock.nanoTime();
        synchronized (this) {
            idle.stream()
                    .filter(pooled -> pooled.isSpent(limits, now))
                    .toList()
                    .forEach(spent -> discard(spent, deferred));
        }
        deferred.run();
    }

    /** Takes the idle connections of a share that were opened before a moment out of the pool, and closes them. */
    void closeIdle(Share share, long openedBeforeNanos) {
        Deferred deferred = new Deferred();
        synchronized (this) {
            share.available.stream()
                    .filter(pooled -> pooled.isIdle() && pooled.openedNanos - openedBeforeNanos < 0)
                    .toList()
                    .forEach(older -> discard(older, deferred));
        }
        deferred.run();
    }

    /** Takes every connection of a share out of the pool, and closes it. */
    void closeAll(Share share) {
        Deferred deferred = new Deferred();
        synchronized (this) {
            waiting.remove(share);
            List.copyOf(share.all).forEach(pooled -> discard(pooled, deferred));
        }
        deferred.run();
    }

    /**
     * Finds the permits whose sockets have been closed without giving them back, at two looks in a row, and gives them
     * back.
     *
     * @return the names of their destinations; none where nothing is wrong
     */
    List<String> reconcile() {
        List<SocketPermit> leaked = new ArrayList<>();
        synchronized (this) {
            for (SocketPermit permit : permits) {
                boolean suspect = permit.isLeaked();
                if (suspect && permit.suspected) {
                    leaked.add(permit);
                }
                permit.suspected = suspect;
            }
        }
        leaked.forEach(SocketPermit::socketGone);
        return leaked.stream().map(permit -> permit.share().owner.name()).toList();
    }

    /** What is held now. */
    synchronized BudgetSnapshot snapshot() {
        return new BudgetSnapshot(limits.max(), used(), idle.size(), waiting.size(), evictions);
    }

    /** One share's counts now. */
    synchronized DestinationSnapshot snapshot(Share share) {
        int idleNow = (int) share.all.stream().filter(Pooled::isIdle).count();
        return new DestinationSnapshot(
                share.owner.name(), share.leased, idleNow, share.opening, share.owner.waiting(), share.sockets);
    }
}
