package dev.weir.upstream;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One destination's part in the {@link ConnectionBudget}: its sockets, and who wants more of them.
 *
 * <p>Threads: everything that is not final is guarded by the budget, which alone changes it.
 */
final class Share {
    /** The destination, as the budget sees it. Asked with the budget's lock held, told after it was given up. */
    interface Owner {
        /** {@code scheme://host:port}. */
        String name();

        /** Exchanges that wait for a connection. Must not take a lock. */
        int waiting();

        /** Where its sockets lead, or led last. Must not take a lock. */
        Set<InetSocketAddress> addresses();

        /** Opens a socket with this permit, and reports what came of it. */
        void open(SocketPermit permit);

        /** Closes the idle connections that were opened before this moment. */
        void closeIdleOpenedBefore(long nanos);

        /** Calls {@link ConnectionBudget#grow} after so many nanoseconds. */
        void growLater(long nanos);
    }

    final Owner owner;
    final int max;
    final TokenBucket connects;
    final Tally tally;

    /** Connections with room for an exchange. */
    final Available available = new Available();

    /** Every open connection. */
    final Set<Pooled> all = new LinkedHashSet<>();

    /** Permits held: sockets being opened, open, or being closed. */
    int sockets;

    /** Exchanges that one more socket is expected to serve at once; its owner reads it without the lock. */
    volatile int perSocket = 1;

    int opening;
    int leased;
    boolean growsLater;

    /**
     * @param max {@code maxConnections}
     * @param connects bounds how many sockets are opened in a second
     * @param tally where it counts
     */
    Share(Owner owner, int max, TokenBucket connects, Tally tally) {
        this.owner = owner;
        this.max = max;
        this.connects = connects;
        this.tally = tally;
    }

    /** Whether it would use one more socket. */
    boolean wantsSocket() {
        return sockets < max && owner.waiting() > (long) opening * perSocket;
    }

    /** Its counts now. */
    DestinationSnapshot snapshot() {
        int idle = (int) all.stream().filter(Pooled::isIdle).count();
        return new DestinationSnapshot(
                owner.name(), leased, idle, opening, owner.waiting(), sockets, tally.now(), owner.addresses());
    }
}
