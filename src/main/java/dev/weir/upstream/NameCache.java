package dev.weir.upstream;

import dev.weir.config.AddressRanges;
import dev.weir.exchange.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The addresses of upstreams' names, each kept for {@code resolveTtl}; of at most {@value #MAX_NAMES} names, the least
 * recently used one goes first.
 *
 * <p>Who finds a name expired waits for its look-up, at most {@code resolveTimeout}. Where that fails, the old addresses
 * serve until they are {@value KnownName#STALE_TTLS} times the TTL old, and from then on without a wait, while one look-up
 * a second is tried. A look-up that fails without such addresses fails whoever asks for a second, or the TTL where it is
 * shorter. An address never waits for anything.
 *
 * <p>Fails with {@link java.net.UnknownHostException} (502 dns) or {@link ResolveTimeoutException} (504 dns-timeout).
 *
 * <p>Threads: any; nothing here blocks. The promise is completed on the caller's thread where the answer is known, else on
 * the executor.
 *
 * <p>Race: a look-up may end between the moment in which a name was found expired and the one in which its look-up is
 * joined; then there is one more.
 */
final class NameCache implements SocketAddressResolver, AutoCloseable {
    static final int MAX_NAMES = 1024;

    /** Hears what the addresses of a name are, after each look-up that found some; on the thread of the look-up. */
    @FunctionalInterface
    interface Follower {
        void addressesAre(String host, List<InetAddress> addresses);
    }

    private final Map<String, KnownName> names = new LinkedHashMap<>(16, 0.75f, true);
    private final Follower follower;
    private final Clock clock;
    private final Duration ttl;
    private final Lookups lookups;

    /**
     * Asks nobody yet.
     *
     * @param threads look-ups at once
     * @param ttl 0 asks for every connection, and has no old addresses
     */
    NameCache(
            int threads,
            NameLookup lookup,
            Follower follower,
            Executor executor,
            Scheduler scheduler,
            Clock clock,
            Duration ttl,
            Duration timeout) {
        this.follower = follower;
        this.clock = clock;
        this.ttl = ttl;
        this.lookups = new Lookups(threads, lookup, this::learned, executor, scheduler, timeout);
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Optional<InetAddress> literal = AddressRanges.address(host);
        if (literal.isPresent()) {
            promise.succeeded(List.of(new InetSocketAddress(literal.get(), port)));
            return;
        }
        List<InetAddress> known = null;
        Throwable failure = null;
        boolean ask;
        synchronized (this) {
            KnownName name = name(host);
            long now = clock.nanoTime();
            boolean fresh = name.isFresh(now);
            if (fresh || name.failure() != null && name.isUsable(now)) {
                known = name.inOrder(now);
            } else if (!name.isRetryDue(now)) {
                failure = name.failure();
            }
            ask = !fresh && name.isRetryDue(now);
        }
        if (known != null) {
            succeed(known, port, promise);
        } else if (failure != null) {
            promise.failed(failure);
        }
        if (ask) {
            boolean answered = known != null;
            lookups.join(host, (found, problem) -> {
                if (!answered) {
                    answer(host, port, found, problem, promise);
                }
            });
        }
    }

    private void answer(
            String host,
            int port,
            List<InetAddress> found,
            Throwable problem,
            Promise<List<InetSocketAddress>> promise) {
        List<InetAddress> order = found; // as it came where the name went in the meantime
        synchronized (this) {
            KnownName name = name(host);
            long now = clock.nanoTime();
            if (problem == null ? name.isKnown() : name.isUsable(now)) {
                order = name.inOrder(now);
            }
        }
        if (order == null) {
            promise.failed(problem);
        } else {
            succeed(order, port, promise);
        }
    }

    private static void succeed(List<InetAddress> order, int port, Promise<List<InetSocketAddress>> promise) {
        promise.succeeded(order.stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList());
    }

    /**
     * Looks a name up whose time is over, though nobody opens a connection to it; at most once a second. Its follower hears
     * what came of it.
     */
    void refresh(String host) {
        boolean due;
        synchronized (this) {
            due = AddressRanges.address(host).isEmpty() && name(host).isRefreshDue(clock.nanoTime());
        }
        if (due) {
            lookups.join(host, (found, problem) -> {});
        }
    }

    private void learned(String host, List<InetAddress> found, Throwable failure) {
        synchronized (this) {
            if (failure == null) {
                name(host).learn(found, clock.nanoTime());
            } else {
                name(host).learn(failure, clock.nanoTime());
            }
        }
        if (failure == null) {
            follower.addressesAre(host, found);
        }
    }

    private KnownName name(String host) {
        KnownName name = names.computeIfAbsent(host, unknown -> new KnownName(ttl));
        if (names.size() > MAX_NAMES) {
            names.remove(names.keySet().iterator().next());
        }
        return name;
    }

    /** This address of the name took a connection: it is the first to be tried from now on. */
    synchronized void connected(String host, InetAddress address) {
        KnownName name = names.get(host);
        if (name != null) {
            name.connected(address);
        }
    }

    /** This address of the name took no connection: it is among the last to be tried, for a while. */
    synchronized void failed(String host, InetAddress address) {
        KnownName name = names.get(host);
        if (name != null) {
            name.failed(address, clock.nanoTime());
        }
    }

    /** The names known now, for tests. */
    synchronized int size() {
        return names.size();
    }

    @Override
    public void close() {
        lookups.close();
    }
}
