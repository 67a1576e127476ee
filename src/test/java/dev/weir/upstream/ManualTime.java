package dev.weir.upstream;

import dev.weir.exchange.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/** A clock and its timers, both moved by hand; a timer runs on the thread that moves the clock, at its exact time. */
final class ManualTime extends AbstractLifeCycle implements Clock, Scheduler {
    private record Timer(Runnable task, long atNanos) {}

    private final List<Timer> timers = new ArrayList<>();
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2); // it runs over soon

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Task schedule(Runnable task, long delay, TimeUnit units) {
        Timer timer = new Timer(task, now + units.toNanos(delay));
        timers.add(timer);
        return () -> {
            synchronized (this) {
                return timers.remove(timer);
            }
        };
    }

    /** Timers that wait. */
    synchronized int timers() {
        return timers.size();
    }

    void pass(long millis) {
        long end = nanoTime() + Duration.ofMillis(millis).toNanos();
        for (Optional<Timer> next = due(end); next.isPresent(); next = due(end)) {
            next.get().task().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Optional<Timer> due(long end) {
        Optional<Timer> next = timers.stream()
                .filter(timer -> timer.atNanos() - end <= 0)
                .min(Comparator.comparingLong(timer -> timer.atNanos() - now));
        next.ifPresent(timer -> {
            timers.remove(timer);
            now = Math.max(timer.atNanos() - now, 0) + now;
        });
        return next;
    }
}
