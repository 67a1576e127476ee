package dev.weir.limits;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Has the descriptors counted every 250 ms, as long as it is not closed.
 *
 * <p>Threads: the scheduler's one, and whoever closes it. Race: a sample that runs while it is closed is the last one.
 */
public final class DescriptorSampler implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 250;

    private final Descriptors descriptors;
    private final Scheduler scheduler;
    private volatile boolean closed;

    private DescriptorSampler(Descriptors descriptors, Scheduler scheduler) {
        this.descriptors = descriptors;
        this.scheduler = scheduler;
    }

    /** Begins, where there is a limit at all. */
    public static DescriptorSampler start(Descriptors descriptors, Scheduler scheduler) {
        DescriptorSampler sampler = new DescriptorSampler(descriptors, scheduler);
        if (descriptors.limits().isLimited()) {
            sampler.next();
        }
        return sampler;
    }

    private void next() {
        if (!closed) {
            scheduler.schedule(this::sample, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sample() {
        try {
            descriptors.sample();
        } finally {
            next();
        }
    }

    /** Ends it, before the scheduler is stopped. */
    @Override
    public void close() {
        closed = true;
    }
}
