package dev.weir.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections of a share that are believed to have room for an exchange. Of those the one used last comes first, so
 * that the others grow idle; and those of one's own selector before all others, see {@link HostSelectors}.
 *
 * <p>Threads: guarded by the {@link ConnectionBudget}.
 */
final class Available {
    private final Map<Object, Deque<Pooled>> bySelector = new HashMap<>(2);

    /** @param selector of the asking thread; null where it has none */
    Pooled first(Object selector) {
        Pooled own = peek(bySelector.get(selector));
        if (own != null) {
            return own;
        }
        for (Deque<Pooled> others : bySelector.values()) {
            Pooled other = others.peekFirst();
            if (other != null) {
                return other;
            }
        }
        return null;
    }

    private static Pooled peek(Deque<Pooled> some) {
        return some == null ? null : some.peekFirst();
    }

    void addFirst(Pooled pooled) {
        bySelector
                .computeIfAbsent(pooled.permit.selector(), selector -> new ArrayDeque<>())
                .addFirst(pooled);
    }

    /** Takes one away that {@link #first} has given. */
    void removeFirst(Pooled first) {
        bySelector.get(first.permit.selector()).pollFirst();
    }

    /** Takes any away, where it is among them; the one used longest ago is found at once. */
    void remove(Pooled pooled) {
        Deque<Pooled> some = bySelector.get(pooled.permit.selector());
        if (some != null) {
            some.removeLastOccurrence(pooled);
        }
    }
}
