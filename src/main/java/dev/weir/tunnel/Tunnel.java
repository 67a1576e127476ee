package dev.weir.tunnel;

import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two connections and the bytes between them, from the moment when both have joined until both have ended, or one fails:
 * then both are cut.
 *
 * <p>Threads: any. Calls nobody with its lock held.
 *
 * <p>Race: it may be cut before an end has joined; who joins then is cut at once.
 */
public final class Tunnel {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final int WAYS = 2;

    /**
     * What tunnels run on.
     *
     * @param buffers where buffers come from, and go to while nothing is in them
     * @param executor starts pumps, and goes on with one that has had its turn
     * @param clientBufferSize bytes of one read from the client
     * @param upstreamBufferSize bytes of one read from the upstream
     */
    public record Engine(ByteBufferPool buffers, Executor executor, int clientBufferSize, int upstreamBufferSize) {}

    /** Whom it tells. */
    public interface Listener {
        /** Bytes may pass from now on. */
        void open();

        /** Bytes moved, in either direction. */
        void moved();

        /** So many of them came from the client. */
        void received(int bytes);

        /** So many of them go to the client. */
        void sent(int bytes);

        /** Both connections are gone, or going. Once, and the last call. */
        void ended();
    }

    private final Engine engine;
    private final Listener listener;
    private TunnelEnd upstream;
    private TunnelEnd client;
    private int endedWays;
    private boolean over;

    /** A tunnel that nobody has joined yet. */
    public Tunnel(Engine engine, Listener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /** The upstream's end, first. */
    public void joinUpstream(TunnelEnd end) {
        boolean late;
        synchronized (this) {
            late = over;
            upstream = end;
        }
        if (late) {
            end.abort();
        }
    }

    /** The client's end, second: bytes pass from now on. */
    public void joinClient(TunnelEnd end) {
        boolean late;
        synchronized (this) {
            late = over;
            client = end;
        }
        if (late) {
            end.abort();
            return;
        }
        listener.open();
        Pump up = pump(client, upstream, engine.clientBufferSize(), listener::received);
        Pump down = pump(upstream, client, engine.upstreamBufferSize(), listener::sent);
        engine.executor().execute(up::iterate);
        engine.executor().execute(down::iterate);
    }

    private Pump pump(TunnelEnd from, TunnelEnd to, int bufferSize, IntConsumer counter) {
        return new Pump(from, to, bufferSize, engine, new Pump.Listener() {
            @Override
            public void moved() {
                listener.moved();
            }

            @Override
            public void read(int bytes) {
                counter.accept(bytes);
            }

            @Override
            public void ended(Throwable failure) {
                wayEnded(failure);
            }
        });
    }

    private void wayEnded(Throwable failure) {
        if (failure != null) {
            LOG.debug("A tunnel failed", failure);
            abort();
            return;
        }
        synchronized (this) {
            endedWays++;
            if (endedWays < WAYS || over) {
                return;
            }
            over = true;
        }
        client.end();
        upstream.end();
        listener.ended();
    }

    /** Cuts both connections; again, or after the end, does nothing. */
    public void abort() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        if (upstream != null) {
            upstream.abort();
        }
        if (client != null) {
            client.abort();
        }
        listener.ended();
    }
}
