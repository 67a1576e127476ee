package dev.weir.upstream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who waits for a socket, whose turn it is, and how many are being closed to make room: the rules by which destinations
 * share the budget.
 *
 * <p>Threads: guarded by the {@link ConnectionBudget}, which alone uses it.
 */
final class Turns {
    private final BudgetLimits limits;
    private final HeldSockets sockets;
    private final Set<Share> waiting = new LinkedHashSet<>();
    private int evicting;

    Turns(BudgetLimits limits, HeldSockets sockets) {
        this.limits = limits;
        this.sockets = sockets;
    }

    int waiting() {
        return waiting.size();
    }

    /** Whether there is room in the budget for one more socket of a share. */
    boolean mayOpen(Share share) {
        return sockets.count() < allowed(share);
    }

    /** What of the budget a share may fill: not the last eighth, where it holds half of it already. */
    private int allowed(Share share) {
        boolean rich = limits.shared() && 2 * share.sockets >= limits.max();
        return rich ? limits.max() - Math.max(1, limits.max() / 8) : limits.max();
    }

    void queueUp(Share share) {
        waiting.add(share);
    }

    void leave(Share share) {
        waiting.remove(share);
    }

    /** Takes the share whose turn it is: the poorest, and among equals who waits for longest; null where there is none. */
    Share next() {
        waiting.removeIf(share -> !share.wantsSocket());
        Share poorest = null;
        for (Share share : waiting) {
            if (mayOpen(share) && (poorest == null || share.sockets < poorest.sockets)) {
                poorest = share;
            }
        }
        waiting.remove(poorest);
        return poorest;
    }

    /** The shares that would get a socket if one more of the others' were closed; none while enough are being closed. */
    List<Share> whoNeedsRoom() {
        return evicting >= waiting.size()
                ? List.of()
                : waiting.stream()
                        .filter(share -> share.wantsSocket() && sockets.count() - evicting - 1 < allowed(share))
                        .toList();
    }

    /** Whether a share gives a connection up that comes back: for a poorer one, or because it has no use for it. */
    boolean givesUp(Share share) {
        return !waiting.isEmpty()
                && whoNeedsRoom().stream()
                        .anyMatch(other ->
                                other != share && (share.sockets > other.sockets || share.owner.waiting() == 0));
    }

    /** The socket of this permit is being closed to make room. */
    void evicts(SocketPermit permit) {
        permit.evicted = true;
        evicting++;
        permit.share().tally.evicted();
    }

    void gone(SocketPermit permit) {
        if (permit.evicted) {
            evicting--;
        }
    }
}
