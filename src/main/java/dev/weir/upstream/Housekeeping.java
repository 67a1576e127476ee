package dev.weir.upstream;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the budget, off the path of exchanges: closes what was idle for too long and looks old names up again, four
 * times a second, and every ten seconds compares permits with sockets.
 *
 * <p>Threads: the scheduler's.
 */
final class Housekeeping implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long PERIOD_MILLIS = 250;
    private static final int ROUNDS_PER_RECONCILIATION = 40;

    private final ConnectionBudget budget;
    private final Runnable names;
    private final Scheduler scheduler;
    private int round;
    private volatile boolean stopped;

    /** @param names looks up again the names whose time is over */
    Housekeeping(ConnectionBudget budget, Runnable names, Scheduler scheduler) {
        this.budget = budget;
        this.names = names;
        this.scheduler = scheduler;
        schedule();
    }

    private void schedule() {
        if (!stopped) {
            scheduler.schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void run() {
        try {
            budget.sweep();
            names.run();
            if (++round % ROUNDS_PER_RECONCILIATION == 0) {
                List<String> leaked = budget.reconcile();
                leaked.forEach(destination -> LOG.warn(
                        "A socket to {} was closed without giving its place in weir.connectionBudget back; it is now",
                        destination));
            }
        } catch (RuntimeException bug) {
            LOG.error("Looking after the pooled connections failed inside Weir", bug);
        } finally {
            schedule();
        }
    }

    void stop() {
        stopped = true;
    }
}
