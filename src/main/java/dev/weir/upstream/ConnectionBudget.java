package dev.weir.upstream;

import dev.weir.exchange.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.util.Attachable;

/**
 * All upstream sockets of this Weir, of every destination: how many there may be, which of them are pooled, and who has to
 * give one up for whom. Never more than {@link BudgetLimits#max} are being opened, open or being closed.
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
    private final BudgetLimits limits;
    private final Clock clock;
    private final HeldSockets sockets;
    private final PooledConnections pooled;
    private final Turns turns;
    private final ConnectRates connectRates = new ConnectRates();
    private final Tally tally = new Tally(null);

    ConnectionBudget(BudgetLimits limits, Clock clock, HeldSockets.Counter counter) {
        this.limits = limits;
        this.pooled = new PooledConnections(limits);
        this.sockets = new HeldSockets(counter);
        this.turns = new Turns(limits, sockets);
        this.clock = clock;
    }

    /**
     * The share of a destination that is new.
     *
     * @param maxConnections its sockets at once
     * @param connectsPerSecond new sockets a second, with all destinations of that name; see {@link ConnectRates}
     */
    synchronized Share newShare(Share.Owner owner, int maxConnections, int connectsPerSecond) {
        TokenBucket connects = connectRates.of(owner.name(), connectsPerSecond, clock.nanoTime());
        return new Share(owner, maxConnections, connects, new Tally(tally));
    }

    /**
     * A connection with room for an exchange; where there is none, null, and a socket is opened as soon as it may be.
     *
     * @param selector whose connections come first; null where it is no matter
     */
    Pooled lease(Share share, Object selector) {
        return locked(deferred -> {
            long now = clock.nanoTime();
            Pooled leased = pooled.lease(share, selector, now, deferred);
            if (leased == null) {
                grow(share, now, deferred);
            }
            return leased;
        });
    }

    /**
     * Takes a connection back from an exchange.
     *
     * @param toldIdleNanos how long the upstream said that it keeps it; {@link KeepAliveField#NOT_TOLD} where it said nothing
     * @return whether it stays; if not, the caller closes it
     */
    boolean release(Pooled returned, long toldIdleNanos) {
        return locked(deferred -> !returned.removed && staysAfterRelease(returned, toldIdleNanos, deferred));
    }

    private boolean staysAfterRelease(Pooled returned, long toldIdleNanos, Deferred deferred) {
        boolean spent = pooled.endLease(returned, clock.nanoTime(), toldIdleNanos);
        boolean givenUp = !spent && returned.isIdle() && turns.givesUp(returned.share());
        if (givenUp) {
            turns.evicts(returned.permit);
        }
        if (spent || givenUp) {
            pooled.forget(returned);
            return false;
        }
        pooled.putBack(returned, deferred);
        return true;
    }

    /** A connection may serve so many exchanges at once from now on; those that it serves stay. */
    synchronized void changeRoom(Pooled changed, int maxLeases) {
        changed.share().perSocket = Math.max(1, maxLeases);
        pooled.changeRoom(changed, maxLeases);
    }

    /** Whether a share has no socket. */
    synchronized boolean isUnused(Share share) {
        return share.sockets == 0;
    }

    /** Whether a connection serves an exchange. */
    synchronized boolean isLeased(Pooled connection) {
        return !connection.removed && !connection.isIdle();
    }

    /** Takes a connection out of the pool, as it is closed. False where that was done before. */
    synchronized boolean remove(Pooled closed) {
        if (closed.removed) {
            return false;
        }
        pooled.forget(closed);
        return true;
    }

    /** As {@link #remove}, for one that is upgraded: its socket keeps its permit, and counts as leased until it is gone. */
    synchronized boolean detach(Pooled upgraded) {
        boolean first = remove(upgraded);
        if (first) {
            upgraded.permit.tunnelled = true;
            upgraded.share().leased++;
        }
        return first;
    }

    /** Opens the sockets that a share wants and may have. */
    void grow(Share share) {
        changed(deferred -> {
            share.growsLater = false;
            grow(share, clock.nanoTime(), deferred);
        });
    }

    private void grow(Share share, long now, Deferred deferred) {
        while (share.wantsSocket()) {
            if (!turns.mayOpen(share)) {
                turns.queueUp(share);
                makeRoom(deferred);
                return;
            }
            if (!openOne(share, now, deferred)) {
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
        sockets.add(permit);
        share.opening++;
        deferred.add(() -> share.owner.open(permit));
        return true;
    }

    /** One more socket for a share that has one on its way, if there is room: it never waits, and evicts nobody. */
    synchronized boolean tryTakeExtra(Share share) {
        if (!turns.mayOpen(share) || share.sockets >= share.max) {
            return false;
        }
        sockets.addExtra(share);
        return true;
    }

    /** The one more is gone, or the one that it was beside. */
    void giveBackExtra(Share share) {
        changed(deferred -> {
            sockets.removeExtra(share);
            serveNext(share, deferred);
        });
    }

    /**
     * A connection is open, and idle.
     *
     * @param maxLeases exchanges at once
     * @param maxUses exchanges in all
     */
    Pooled opened(SocketPermit permit, Connection connection, int maxLeases, int maxUses) {
        Pooled opened = new Pooled(connection, permit, maxLeases, maxUses, clock.nanoTime());
        ((Attachable) connection).setAttachment(opened);
        Share share = permit.share();
        changed(deferred -> {
            share.opening--;
            share.perSocket = Math.max(1, maxLeases);
            share.all.add(opened);
            pooled.putBack(opened, deferred);
            if (share.owner.waiting() == 0) {
                makeRoom(deferred); // the exchange that it was for has gone
            }
        });
        return opened;
    }

    /**
     * No connection came of a socket; its permit comes back by itself.
     *
     * @param portFree whether it left no port behind that has to rest: then it does not count as a connect
     */
    synchronized void openFailed(Share share, boolean portFree) {
        share.opening--;
        if (portFree) {
            share.connects.giveBack();
        }
        share.tally.failed();
    }

    /** A socket is gone: its place goes to whose turn it is. */
    void gone(SocketPermit permit) {
        changed(deferred -> {
            sockets.remove(permit);
            permit.share().leased -= permit.tunnelled ? 1 : 0;
            turns.gone(permit);
            serveNext(permit.share(), deferred);
        });
    }

    private void serveNext(Share poorerByOne, Deferred deferred) {
        long now = clock.nanoTime();
        serveWaiting(now, deferred);
        grow(poorerByOne, now, deferred);
    }

    /** One socket a turn. */
    private void serveWaiting(long now, Deferred deferred) {
        for (Share next = turns.next(); next != null; next = turns.next()) {
            if (openOne(next, now, deferred) && next.wantsSocket()) {
                turns.queueUp(next);
            }
        }
        makeRoom(deferred);
    }

    /** Closes idle connections of others for those who wait. */
    private void makeRoom(Deferred deferred) {
        for (Share share : turns.whoNeedsRoom()) {
            Pooled victim = pooled.longestIdleBut(share);
            if (victim != null && !turns.whoNeedsRoom().isEmpty()) {
                turns.evicts(victim.permit);
                pooled.discard(victim, deferred);
            }
        }
    }

    /** Closes what was idle for too long or has become too old. */
    void sweep() {
        changed(deferred -> pooled.discardSpent(clock.nanoTime(), deferred));
    }

    /** Takes the idle connections of a share that were opened before a moment out of the pool, and closes them. */
    void closeIdle(Share share, long openedBeforeNanos) {
        changed(deferred ->
                pooled.discardIdle(share.all, older -> older.openedNanos - openedBeforeNanos < 0, deferred));
    }

    /** Lets some connections of a share take no further exchange: the idle ones are closed, the others when they are. */
    void retire(Share share, Predicate<Pooled> which) {
        changed(deferred -> {
            share.all.stream().filter(which).forEach(connection -> connection.retired = true);
            pooled.discardIdle(share.all, connection -> connection.retired, deferred);
        });
    }

    /** Takes every connection of a share out of the pool, and closes it. */
    void closeAll(Share share) {
        changed(deferred -> {
            turns.leave(share);
            List.copyOf(share.all).forEach(connection -> pooled.discard(connection, deferred));
        });
    }

    private void changed(Consumer<Deferred> step) {
        locked(deferred -> {
            step.accept(deferred);
            return null;
        });
    }

    private <T> T locked(Function<Deferred, T> step) {
        Deferred deferred = new Deferred();
        T result;
        synchronized (this) {
            result = step.apply(deferred);
        }
        deferred.run();
        return result;
    }

    /**
     * Finds the permits whose sockets have been closed without giving them back, at two looks in a row, and gives them
     * back.
     *
     * @return the names of their destinations; none where nothing is wrong
     */
    List<String> reconcile() {
        List<SocketPermit> leaked;
        synchronized (this) {
            leaked = sockets.leaked();
        }
        leaked.forEach(SocketPermit::socketGone);
        return leaked.stream().map(permit -> permit.share().owner.name()).toList();
    }

    /** What is held now. */
    synchronized BudgetSnapshot snapshot() {
        return new BudgetSnapshot(limits.max(), sockets.count(), pooled.idle(), turns.waiting(), tally.now());
    }

    /** One share's counts now. */
    synchronized DestinationSnapshot snapshot(Share share) {
        return share.snapshot();
    }
}
