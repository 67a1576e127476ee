package dev.weir.upstream;

import dev.weir.exchange.Clock;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Opens one connection to a name of several addresses, in the spirit of RFC 8305 §5: the next address is tried when the
 * one before has failed, or has not answered for {@value #DELAY_MILLIS} ms, and the first that connects is taken.
 *
 * <p>At most two attempts run at a time, the second only with a permit, since it costs a descriptor. While more addresses
 * wait, none keeps its place for longer than its share of the time: {@code connectTimeout} divided by the number of
 * addresses. All attempts together end with {@code connectTimeout}. The failure is that of the address tried first, with
 * the others' suppressed in it.
 *
 * <p>Threads: any; calls nobody with its lock held.
 *
 * <p>Race: an attempt that was given up may connect all the same; its connection is closed at once, and nobody hears of it.
 */
final class AddressRace {
    static final long DELAY_MILLIS = 250;

    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS);

    /** What the race runs on. */
    interface Sockets {
        /** Begins to connect; the outcome may be told before this returns, or never once the attempt was abandoned. */
        void connect(Attempt attempt, Promise<Connection> outcome);

        /** Closes the attempt's socket, in whatever state it is. */
        void abandon(Attempt attempt);

        /** This attempt's connection is the one. */
        void connected(Attempt attempt);

        /** This address took no connection, or not in time. */
        void failed(Attempt attempt);
    }

    /**
     * What all races have in common.
     *
     * @param timeout for all attempts of one race together; positive
     */
    record Rules(Clock clock, Scheduler scheduler, Duration timeout, AttemptPermits permits) {}

    private final List<InetSocketAddress> addresses;
    private final Sockets sockets;
    private final Rules rules;
    private final Promise<Connection> promise;
    private final long shareNanos;
    private final long endNanos;
    /** Every attempt in the order of its beginning, with its failure, null where it has none. */
    private final Map<Attempt, Throwable> begun = new LinkedHashMap<>();
    /** At most two, the older one first. */
    private final List<Attempt> running = new ArrayList<>();
    /** When the next attempt may begin beside the one that runs. */
    private long nextNanos;
    /** Whether a permit is held. */
    private boolean extra;

    private boolean ended;
    private Scheduler.Task timer;

    /** Begins nothing yet; the addresses, at least one, are tried in this order. */
    AddressRace(List<InetSocketAddress> addresses, Sockets sockets, Rules rules, Promise<Connection> promise) {
        this.addresses = addresses;
        this.sockets = sockets;
        this.rules = rules;
        this.promise = promise;
        shareNanos = Math.max(DELAY_NANOS, rules.timeout().toNanos() / addresses.size());
        nextNanos = rules.clock().nanoTime();
        endNanos = nextNanos + rules.timeout().toNanos();
    }

    /** Begins, gives up or ends what is due by now. */
    void proceed() {
        run(this::step);
    }

    private void succeeded(Attempt attempt, Connection connection) {
        run((now, after) -> {
            if (ended || !running.remove(attempt)) {
                after.add(connection::close);
                return;
            }
            attempt.win();
            abandonRunning(after);
            after.add(() -> sockets.connected(attempt));
            end(after, () -> promise.succeeded(connection));
        });
    }

    private void failed(Attempt attempt, Throwable failure) {
        run((now, after) -> {
            if (!ended && running.contains(attempt)) {
                lose(attempt, failure, after);
                nextNanos = now;
                step(now, after);
            }
        });
    }

    /** What happens under the lock, and the calls to make after it. */
    private interface Move {
        void make(long now, List<Runnable> after);
    }

    private void run(Move move) {
        List<Runnable> after = new ArrayList<>();
        synchronized (this) {
            move.make(rules.clock().nanoTime(), after);
        }
        after.forEach(Runnable::run);
    }

    private void step(long now, List<Runnable> after) {
        if (ended) {
            return;
        }
        if (now - endNanos >= 0) {
            List.copyOf(running).forEach(late -> giveUp(late, now, after));
        } else if (isMore()) {
            boolean begin = mayBegin(now);
            if (!begin && now - running.get(0).startNanos() >= shareNanos) {
                giveUp(running.get(0), now, after);
                begin = mayBegin(now);
            }
            if (begin) {
                begin(now, after);
            }
        }
        if (running.isEmpty()) {
            Throwable failure = failure();
            end(after, () -> promise.failed(failure));
        } else {
            setTimer(now);
        }
    }

    private boolean isMore() {
        return begun.size() < addresses.size();
    }

    /** Alone always, beside another one with a permit, which this takes. */
    private boolean mayBegin(long now) {
        if (running.size() == 1 && now - nextNanos >= 0) {
            extra = rules.permits().tryTake();
            return extra;
        }
        return running.isEmpty();
    }

    private void begin(long now, List<Runnable> after) {
        Attempt attempt = new Attempt(addresses.get(begun.size()), now);
        begun.put(attempt, null);
        running.add(attempt);
        nextNanos = now + DELAY_NANOS;
        after.add(() -> sockets.connect(
                attempt, Promise.from(connection -> succeeded(attempt, connection), x -> failed(attempt, x))));
    }

    private void giveUp(Attempt attempt, long now, List<Runnable> after) {
        long millis = TimeUnit.NANOSECONDS.toMillis(now - attempt.startNanos());
        after.add(() -> sockets.abandon(attempt));
        lose(attempt, new SocketTimeoutException(attempt + " took no connection in " + millis + " ms"), after);
    }

    private void lose(Attempt attempt, Throwable failure, List<Runnable> after) {
        running.remove(attempt);
        begun.put(attempt, failure);
        after.add(() -> sockets.failed(attempt));
        giveBack(after);
    }

    private void abandonRunning(List<Runnable> after) {
        running.forEach(loser -> after.add(() -> sockets.abandon(loser)));
        running.clear();
        giveBack(after);
    }

    private void giveBack(List<Runnable> after) {
        if (extra) {
            extra = false;
            after.add(rules.permits()::giveBack);
        }
    }

    private void end(List<Runnable> after, Runnable last) {
        ended = true;
        if (timer != null) {
            timer.cancel();
        }
        after.add(last);
    }

    private Throwable failure() {
        Throwable first = null;
        for (Throwable failure : begun.values()) {
            if (first == null) {
                first = failure;
            } else if (failure != first) {
                first.addSuppressed(failure);
            }
        }
        return first;
    }

    private void setTimer(long now) {
        long wait = endNanos - now;
        if (isMore()) {
            if (running.size() == 1) {
                wait = Math.min(wait, nextNanos - now > 0 ? nextNanos - now : DELAY_NANOS);
            }
            long share = running.get(0).startNanos() + shareNanos - now;
            wait = Math.min(wait, share > 0 ? share : DELAY_NANOS);
        }
        if (timer != null) {
            timer.cancel();
        }
        timer = rules.scheduler().schedule(this::proceed, wait, TimeUnit.NANOSECONDS);
    }
}
