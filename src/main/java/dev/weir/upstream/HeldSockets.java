package dev.weir.upstream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The sockets that are held of the budget: one for each permit, and the second attempts beside them.
 *
 * <p>Threads: guarded by the {@link ConnectionBudget}, which alone uses it.
 */
final class HeldSockets {
    /** Counts the sockets with the descriptors of the process. Called with the budget's lock held. */
    interface Counter {
        /** One is about to be opened. */
        void opened();

        /** One is gone, or did not come about. */
        void closed();
    }

    private final Counter counter;
    private final Set<SocketPermit> permits = new LinkedHashSet<>();
    private int extras;

    HeldSockets(Counter counter) {
        this.counter = counter;
    }

    int count() {
        return permits.size() + extras;
    }

    void add(SocketPermit permit) {
        permits.add(permit);
        permit.share().sockets++;
        counter.opened();
    }

    void remove(SocketPermit permit) {
        permits.remove(permit);
        permit.share().sockets--;
        counter.closed();
    }

    void addExtra(Share share) {
        extras++;
        share.sockets++;
        counter.opened();
    }

    void removeExtra(Share share) {
        extras--;
        share.sockets--;
        counter.closed();
    }

    /** Those whose sockets have been closed without giving them back, at this look and at the one before. */
    List<SocketPermit> leaked() {
        List<SocketPermit> leaked = new ArrayList<>();
        for (SocketPermit permit : permits) {
            boolean suspect = permit.isLeaked();
            if (suspect && permit.suspected) {
                leaked.add(permit);
            }
            permit.suspected = suspect;
        }
        return leaked;
    }
}
