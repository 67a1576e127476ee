package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.limits.Drain;
import dev.weir.limits.InFlight;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A Weir that answers requests, until it is drained or closed.
 *
 * <p>Threads: any.
 */
public final class RunningLauncher implements AutoCloseable {
    private static final long POLL_MILLIS = 10;
    /** For the last bytes of answers, and for idle clients to see the end of their connection. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Server server;
    private final ServerConnector connector;
    private final WebApplication application;
    private final Options options;
    private final DemoUpstream demo;

    RunningLauncher(
            Server server, ServerConnector connector, WebApplication application, Options options, DemoUpstream demo) {
        this.server = server;
        this.connector = connector;
        this.application = application;
        this.options = options;
        this.demo = demo;
    }

    /** {@code http://HOST:PORT}, without a path. */
    public URI uri() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return URI.create("http://" + host + ":" + connector.getLocalPort());
    }

    /** Exchanges in flight now. */
    public int inFlight() {
        return shared(InFlight.class).count();
    }

    /** How long {@link #drain} waits. */
    public Duration drainTimeout() {
        return shared(Configuration.class).shared().get(SharedParameters.DRAIN_TIMEOUT);
    }

    /**
     * Refuses new exchanges, lets those in flight end for {@code drainTimeout}, and stops. Connections are accepted until
     * the end, so that the refusal reaches who comes late.
     *
     * @return the exchanges that were cut
     */
    public int drain() {
        long end = System.nanoTime() + drainTimeout().toNanos();
        shared(Drain.class).begin();
        if (demo != null) {
            demo.endStreams();
        }
        while (inFlight() > 0 && end - System.nanoTime() > 0 && pause()) {
            continue;
        }
        int cut = inFlight();
        if (cut == 0) {
            server.setStopTimeout(GOODBYE.toMillis());
        }
        close();
        return cut;
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

    private <T> T shared(Class<T> type) {
        return type.cast(application.getServletContext().getAttribute(type.getName()));
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
