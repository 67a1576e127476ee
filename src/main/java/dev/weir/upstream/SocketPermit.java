package dev.weir.upstream;

import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to have one upstream socket: taken from the {@link ConnectionBudget} before the socket is opened, and given
 * back, once, when it is gone.
 *
 * <p>Threads: any.
 */
final class SocketPermit {
    private final ConnectionBudget budget;
    private final Share share;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile SelectableChannel channel;
    private volatile Object selector;

    /** Guarded by the budget: whether the socket is being closed to make room for another. */
    boolean evicted;

    /** Guarded by the budget: whether the reconciler has seen this one with a closed socket before. */
    boolean suspected;

    /** Guarded by the budget: whether the socket is a tunnel's, which counts as leased until it is gone. */
    boolean tunnelled;

    SocketPermit(ConnectionBudget budget, Share share) {
        this.budget = budget;
        this.share = share;
    }

    Share share() {
        return share;
    }

    /** The socket exists: from now on its end point gives the permit back. */
    void attach(SelectableChannel socket, Object watching) {
        selector = watching;
        channel = socket;
    }

    /** What watches the socket; null before it exists. */
    Object selector() {
        return selector;
    }

    /** Nothing came of the attempt; where a socket was attached, that one's end gives the permit back. */
    void abandon() {
        if (channel == null) {
            socketGone();
        }
    }

    /** The socket is closed. Once; again does nothing. */
    void socketGone() {
        if (gone.compareAndSet(false, true)) {
            budget.gone(this);
        }
    }

    /** Whether the socket has been closed although nobody has given the permit back. */
    boolean isLeaked() {
        SelectableChannel socket = channel;
        return !gone.get() && socket != null && !socket.isOpen();
    }
}
