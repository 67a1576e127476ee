package dev.weir.vitals;

import dev.weir.exchange.Clock;
import dev.weir.upstream.BudgetSnapshot;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Looks at everything once a second, as long as it is not closed, and keeps what it saw: the history, the rates, and
 * whether this instance is ready.
 *
 * <p>Threads: the scheduler's one, and whoever closes it. Race: a look that runs while it is closed is the last one.
 */
final class Watch implements AutoCloseable {
    private final Instruments instruments;
    private final Traffic traffic;
    private final History history = new History();
    private final Readiness readiness;
    private volatile boolean closed;

    Watch(Instruments instruments, Traffic traffic) {
        this.instruments = instruments;
        this.traffic = traffic;
        this.readiness = new Readiness(
                instruments.configuration(), instruments.drain(), instruments.descriptors(), Clock.SYSTEM);
    }

    /** Begins. */
    void start() {
        next();
    }

    private void next() {
        if (!closed) {
            Scheduler scheduler = instruments.client().scheduler();
            scheduler.schedule(this::look, 1, TimeUnit.SECONDS);
        }
    }

    private void look() {
        try {
            readiness.look();
            note();
        } finally {
            next();
        }
    }

    private void note() {
        Traffic.Second second = traffic.tick();
        BudgetSnapshot budget = instruments.client().budget();
        history.add(
                System.currentTimeMillis() / 1000,
                second.count(),
                second.p50Millis(),
                second.p99Millis(),
                instruments.inFlight().count(),
                instruments.queued(),
                budget.open(),
                budget.idle(),
                instruments.descriptors().open());
    }

    History history() {
        return history;
    }

    Readiness readiness() {
        return readiness;
    }

    @Override
    public void close() {
        closed = true;
    }
}
