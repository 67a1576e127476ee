package dev.weir.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Looks names up, one look-up at a time for each, on a few daemon threads that do nothing else. At most
 * {@value #MAX_QUEUED} look-ups wait for one of them.
 *
 * <p>A look-up cannot be interrupted once the system runs it. Who waits for one is told after the timeout that it takes
 * too long; it goes on, and what it finds in the end is learned like anything else. Until then nobody waits for that name
 * any more, and where every thread hangs so, nobody for any other.
 *
 * <p>Threads: any. Waiters are told on the executor, at once on the caller's thread where there is nothing to wait for.
 */
final class Lookups implements AutoCloseable {
    static final int MAX_QUEUED = 1024;

    private static final long IDLE_SECONDS = 60;

    /** Hears how every look-up ended, before its waiters do; on the thread that ended it. */
    @FunctionalInterface
    interface Learned {
        /** Either the addresses or the failure is null. */
        void learned(String name, List<InetAddress> addresses, Throwable failure);
    }

    private static final class Flight {
        final String name;
        /** As many as connections being opened to the name. */
        List<BiConsumer<List<InetAddress>, Throwable>> waiters = new ArrayList<>();

        Scheduler.Task timer;
        boolean begun;
        boolean overdue;

        Flight(String name) {
            this.name = name;
        }

        List<BiConsumer<List<InetAddress>, Throwable>> takeWaiters() {
            List<BiConsumer<List<InetAddress>, Throwable>> taken = waiters;
            waiters = List.of();
            return taken;
        }
    }

    private final int most;
    private final NameLookup lookup;
    private final Learned learned;
    private final Executor executor;
    private final Scheduler scheduler;
    private final Duration timeout;
    private final ThreadPoolExecutor threads;
    private final Map<String, Flight> flights = new HashMap<>();
    private int hanging;

    /** @param most threads */
    Lookups(int most, NameLookup lookup, Learned learned, Executor executor, Scheduler scheduler, Duration timeout) {
        this.most = most;
        this.lookup = lookup;
        this.learned = learned;
        this.executor = executor;
        this.scheduler = scheduler;
        this.timeout = timeout;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_QUEUED), task -> {
                    Thread thread = new Thread(task, "weir-resolver-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Tells the waiter how the name's look-up ended: the one that runs, or one that starts now. */
    void join(String name, BiConsumer<List<InetAddress>, Throwable> waiter) {
        Flight started = null;
        ResolveTimeoutException refusal = null;
        synchronized (this) {
            Flight flight = flights.get(name);
            if (flight == null && hanging < most) {
                flight = new Flight(name);
                flights.put(name, flight);
                flight.timer = scheduler.schedule(overdueTask(flight), timeout);
                started = flight;
            }
            if (flight == null || flight.overdue) {
                refusal = tooLong(name);
            } else {
                flight.waiters.add(waiter);
            }
        }
        if (refusal != null) {
            waiter.accept(null, refusal);
        }
        if (started != null) {
            start(started);
        }
    }

    private void start(Flight flight) {
        try {
            threads.execute(() -> run(flight));
        } catch (RejectedExecutionException full) {
            end(flight, null, tooLong(flight.name));
        }
    }

    private void run(Flight flight) {
        synchronized (this) {
            if (flight.overdue) {
                return;
            }
            flight.begun = true;
        }
        List<InetAddress> addresses = null;
        Throwable failure = null;
        try {
            addresses = List.of(lookup.addresses(flight.name));
            failure = addresses.isEmpty() ? new UnknownHostException(flight.name) : null;
        } catch (Throwable anything) {
            failure = anything; // else the look-up would count as hanging for ever
        }
        end(flight, addresses, failure);
    }

    private void end(Flight flight, List<InetAddress> addresses, Throwable failure) {
        learned.learned(flight.name, addresses, failure);
        List<BiConsumer<List<InetAddress>, Throwable>> waiters;
        synchronized (this) {
            flights.remove(flight.name, flight);
            hanging -= flight.overdue ? 1 : 0;
            flight.timer.cancel();
            waiters = flight.takeWaiters();
        }
        tell(waiters, addresses, failure);
    }

    private Runnable overdueTask(Flight flight) {
        return () -> {
            List<BiConsumer<List<InetAddress>, Throwable>> waiters;
            ResolveTimeoutException failure;
            synchronized (this) {
                if (flights.get(flight.name) != flight) {
                    return;
                }
                flight.overdue = true;
                if (flight.begun) {
                    hanging++;
                } else {
                    flights.remove(flight.name);
                }
                failure = tooLong(flight.name);
                waiters = flight.takeWaiters();
            }
            learned.learned(flight.name, null, failure);
            tell(waiters, null, failure);
        };
    }

    private synchronized ResolveTimeoutException tooLong(String name) {
        return new ResolveTimeoutException(name + " does not resolve in " + timeout.toMillis() + " ms; " + hanging
                + " of " + most + " look-ups hang, "
                + threads.getQueue().size() + " of at most " + MAX_QUEUED + " wait");
    }

    private void tell(
            List<BiConsumer<List<InetAddress>, Throwable>> waiters, List<InetAddress> addresses, Throwable failure) {
        for (BiConsumer<List<InetAddress>, Throwable> waiter : waiters) {
            try {
                executor.execute(() -> waiter.accept(addresses, failure));
            } catch (RejectedExecutionException stopping) {
                waiter.accept(addresses, failure);
            }
        }
    }

    /** Ends the threads; one that hangs in a look-up ends with it. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
