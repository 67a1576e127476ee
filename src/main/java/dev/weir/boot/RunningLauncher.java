package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.limits.Drain;
import dev.weir.limits.InFlight;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A Weir that answers requests, until it is drained or closed.
 *
 * <p>Threads: any.
 */
public final class RunningLauncher implements AutoCloseable {
    private static final long POLL_MILLIS = 10;
    /** How long a connection must be idle to be closed in the end, and how long all of them may take for it. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private static final Duration GOODBYE = Duration.ofSeconds(1);
    /** How long those who wait to be accepted may take to be refused, one after the other. */
    private static final Duration LAST_REFUSALS = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;
    private final Optional<ServerConnector> pages;
    private final String statusPath;
    private final Options options;
    private final DemoUpstream demo;
    private final InFlight inFlight;
    private final Drain drain;
    private final Duration drainTimeout;

    RunningLauncher(
            Server server, Listeners listeners, WebApplication application, Options options, DemoUpstream demo) {
        this.server = server;
        this.connector = listeners.clients();
        this.pages = listeners.pages();
        this.options = options;
        this.demo = demo;
        ServletContext context = application.getServletContext();
        inFlight = (InFlight) context.getAttribute(InFlight.class.getName());
        drain = (Drain) context.getAttribute(Drain.class.getName());
        Configuration configuration = application.configuration();
        statusPath = configuration.shared().get(SharedParameters.STATUS_PATH);
        drainTimeout = configuration.shared().get(SharedParameters.DRAIN_TIMEOUT);
    }

    /** {@code http://HOST:PORT}, or {@code https}, without a path. */
    public URI uri() {
        return uri(connector);
    }

    /** Where the pages are, on a port of their own where they have one: {@code http://HOST:PORT/-/}, or {@code https}. */
    public URI pages() {
        return URI.create(uri(pages.orElse(connector)) + statusPath + "/");
    }

    private URI uri(ServerConnector listener) {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        String scheme = options.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + host + ":" + listener.getLocalPort());
    }

    /** Exchanges in flight now. */
    public int inFlight() {
        return inFlight.count();
    }

    /** How long {@link #drain} waits. */
    public Duration drainTimeout() {
        return drainTimeout;
    }

    /**
     * Refuses new exchanges, lets those in flight end for {@code drainTimeout}, and stops. Connections are accepted until
     * the end, so that the refusal reaches who comes late; each answer closes its connection.
     *
     * @return the exchanges that were cut
     */
    public int drain() {
        long end = System.nanoTime() + drainTimeout.toNanos();
        drain.begin();
        connector.getConnectionFactory(AskedHttp1.Factory.class).goAway();
        connector.getConnectionFactory(Http2.class).goAway();
        if (demo != null) {
            demo.endStreams();
        }
        while (inFlight() > 0 && end - System.nanoTime() > 0 && pause()) {
            continue;
        }
        int cut = inFlight();
        if (cut == 0) {
            refuseWhoWaits(Math.min(end, System.nanoTime() + LAST_REFUSALS.toNanos()));
            sayGoodbye(connector);
            pages.ifPresent(RunningLauncher::sayGoodbye); // last, for until then they tell what goes on
        }
        close();
        return cut;
    }

    /**
     * Waits until nobody has come for a moment, as far as it shows: what the kernel has accepted for us, with a request
     * perhaps, would be reset with the listener.
     */
    private void refuseWhoWaits(long end) {
        ClientLimit clients = connector.getBean(ClientLimit.class);
        long accepted = clients.accepted();
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < LINGER.toNanos() && end - System.nanoTime() > 0 && pause()) {
            if (clients.accepted() != accepted || !clients.isAccepting() || inFlight() > 0) {
                accepted = clients.accepted();
                quietSince = System.nanoTime();
            }
        }
    }

    /** Accepts no more, and closes the idle connections after a moment in which the last bytes leave. */
    private static void sayGoodbye(ServerConnector listener) {
        listener.setShutdownIdleTimeout(LINGER.toMillis());
        try {
            listener.shutdown().get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stillOpen) {
            return; // a client that keeps sending is cut off with the server
        }
    }

    /** For tests of what its threads are needed for. */
    Server server() {
        return server;
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until somebody else stops it. */
    void join() throws InterruptedException {
        server.join();
    }

    /** Stops at once: whatever is in flight is cut. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception cause) {
            throw new IllegalStateException("The server does not stop: " + cause.getMessage(), cause);
        } finally {
            if (demo != null) {
                demo.close();
            }
        }
    }
}
