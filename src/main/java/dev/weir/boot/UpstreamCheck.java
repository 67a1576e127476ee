package dev.weir.boot;

import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamUrl;
import dev.weir.config.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves an upstream's name and tries all of its addresses, at once: connects, and verifies who is there where TLS is
 * spoken. Sends no request.
 *
 * <p>Threads: one user; a thread of its own for each address.
 */
final class UpstreamCheck implements AutoCloseable {
    /** How a name's addresses are found. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final TlsCheck tls;
    private final Lookup lookup;
    private final Duration resolveTimeout;
    private final int connectMillis;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "weir-check");
        thread.setDaemon(true); // a look-up cannot be interrupted
        return thread;
    });

    UpstreamCheck(Values shared, TlsCheck tls, Lookup lookup) {
        this.lookup = lookup;
        this.tls = tls;
        this.resolveTimeout = shared.get(SharedParameters.RESOLVE_TIMEOUT);
        this.connectMillis = (int) shared.get(SharedParameters.CONNECT_TIMEOUT).toMillis();
    }

    /** @param connected whether the connection was made */
    private record Attempt(boolean connected, Finding finding) {}

    /**
     * Tries it.
     *
     * @param introduced whether a connection would have to name a client before anything else, so that TLS is not tried
     * @return a finding for each address, which is no problem as long as another one answers
     */
    List<Finding> findings(UpstreamUrl upstream, boolean introduced) {
        InetAddress[] addresses;
        try {
            addresses = threads.submit(() -> lookup.addresses(upstream.host()))
                    .get(resolveTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException unknown) {
            return List.of(Finding.problem("the name " + upstream.host() + " does not resolve"));
        } catch (TimeoutException slow) {
            return List.of(Finding.problem("the name " + upstream.host() + " did not resolve within "
                    + resolveTimeout.toMillis() + " ms (weir.resolveTimeout)"));
        } catch (InterruptedException hurry) {
            return interrupted();
        }
        List<Callable<Attempt>> attempts = new ArrayList<>();
        for (InetAddress address : addresses) {
            attempts.add(() -> connect(upstream, new InetSocketAddress(address, upstream.port()), introduced));
        }
        try {
            return judged(threads.invokeAll(attempts));
        } catch (InterruptedException hurry) {
            return interrupted();
        }
    }

    private static List<Finding> interrupted() {
        Thread.currentThread().interrupt();
        return List.of(Finding.problem("not tried, for it was interrupted"));
    }

    private static List<Finding> judged(List<Future<Attempt>> ended) throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        for (Future<Attempt> attempt : ended) {
            try {
                attempts.add(attempt.get());
            } catch (ExecutionException bug) {
                throw new IllegalStateException(bug.getCause());
            }
        }
        boolean answers = attempts.stream().anyMatch(Attempt::connected);
        return attempts.stream()
                .map(attempt -> answers && !attempt.connected()
                        ? Finding.warning(attempt.finding().words() + "; exchanges go to the others")
                        : attempt.finding())
                .toList();
    }

    private Attempt connect(UpstreamUrl upstream, InetSocketAddress address, boolean introduced) {
        String where = address.getAddress().getHostAddress() + " port " + address.getPort();
        boolean connected = false;
        try (Socket socket = new Socket(Proxy.NO_PROXY)) { // else it would follow -DsocksProxyHost
            long begin = System.nanoTime();
            socket.connect(address, connectMillis);
            connected = true;
            String words = "connected to " + where + " in " + millisSince(begin);
            return new Attempt(
                    true,
                    upstream.isSecure() && !introduced ? tls.secure(upstream, socket, words) : Finding.good(words));
        } catch (SocketTimeoutException slow) {
            return new Attempt(
                    connected,
                    Finding.problem(where + " did not answer within " + connectMillis + " ms (weir.connectTimeout)"));
        } catch (IOException refused) {
            return new Attempt(connected, Finding.problem(where + " cannot be reached: " + refused.getMessage()));
        }
    }

    static String millisSince(long beginNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos) + " ms";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
