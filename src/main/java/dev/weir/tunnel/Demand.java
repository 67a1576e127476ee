package dev.weir.tunnel;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings together one who waits for something and one who says that it came, whichever is first; nothing that came is
 * missed, and nobody is woken twice for one demand.
 *
 * <p>Threads: {@link #wake} by any; {@link #await} by one at a time. Who is second runs the waiting one's callback.
 */
public final class Demand {
    /** Something came and nobody has looked since. */
    private static final Runnable SOMETHING_CAME = () -> {};

    private final AtomicReference<Runnable> waiting = new AtomicReference<>();

    /**
     * Runs the callback once, now where something has come since the last one ran, else when it does.
     *
     * @throws IllegalStateException where another callback waits
     */
    public void await(Runnable callback) {
        if (waiting.compareAndSet(null, callback)) {
            return;
        }
        if (!waiting.compareAndSet(SOMETHING_CAME, null)) {
            throw new IllegalStateException("a demand is outstanding");
        }
        callback.run();
    }

    /** Something came. */
    public void wake() {
        Runnable before = waiting.getAndUpdate(now -> now == null || now == SOMETHING_CAME ? SOMETHING_CAME : null);
        if (before != null && before != SOMETHING_CAME) {
            before.run();
        }
    }

    /** Whether a callback waits. */
    public boolean isOutstanding() {
        Runnable now = waiting.get();
        return now != null && now != SOMETHING_CAME;
    }
}
