package dev.weir.upstream;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A destination whose sockets open, fail and go when the test says so, and whose exchanges are only counted: those that
 * wait, and the connections that serve the others.
 */
final class FakeDestination implements Share.Owner {
    final Share share;
    final List<SocketPermit> opening = new ArrayList<>();
    final List<Pooled> serving = new ArrayList<>();
    /** Connections that have come about, for a test that keeps account of them. */
    final List<Pooled> connected = new ArrayList<>();
    /** Out of the pool, the socket not yet gone. */
    final List<Pooled> closing = new ArrayList<>();

    /** Exchanges that a connection which opens now may serve at once. */
    int room = 1;

    /** Of the thread that asks, and of the sockets that open. */
    Object selector;

    int waiting;
    int served;
    long growsInNanos = -1;

    private final String name;
    private final ConnectionBudget budget;

    FakeDestination(String name, ConnectionBudget budget, int maxConnections, int connectsPerSecond) {
        this.name = name;
        this.budget = budget;
        this.share = budget.newShare(this, maxConnections, connectsPerSecond);
    }

    void arrive() {
        waiting++;
        serve();
    }

    /** As Jetty does it: whoever finds an exchange waiting and a connection free brings them together. */
    void serve() {
        while (waiting > 0) {
            Pooled leased = budget.lease(share, selector);
            if (leased == null) {
                return;
            }
            waiting--;
            serving.add(leased);
        }
    }

    Pooled opens() {
        SocketPermit permit = opening.remove(0);
        permit.attach(null, selector);
        Pooled opened = budget.opened(permit, new FakeConnection(), room, Integer.MAX_VALUE);
        connected.add(opened);
        serve();
        return opened;
    }

    /** The socket does not come about, and with it fails one exchange. */
    void failsToOpen() {
        SocketPermit permit = opening.remove(0);
        permit.abandon();
        budget.openFailed(share, true);
        waiting = Math.max(0, waiting - 1);
        budget.grow(share);
    }

    void completes(Pooled pooled) {
        serving.remove(pooled);
        served++;
        if (!budget.release(pooled, KeepAliveField.NOT_TOLD)) {
            pooled.connection.close();
            closing.add(pooled);
        }
        serve();
    }

    /** The upstream closes it: an exchange that it served fails. */
    void isClosedByUpstream(Pooled pooled) {
        serving.removeIf(served -> served == pooled);
        if (budget.remove(pooled)) {
            pooled.connection.close();
            closing.add(pooled);
        }
        serve();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public Set<InetSocketAddress> addresses() {
        return Set.of();
    }

    @Override
    public void open(SocketPermit permit) {
        opening.add(permit);
    }

    @Override
    public void closeIdleOpenedBefore(long nanos) {
        budget.closeIdle(share, nanos);
    }

    @Override
    public void growLater(long nanos) {
        growsInNanos = nanos;
    }
}
