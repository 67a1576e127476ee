package dev.weir.upstream;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.BlockingArrayQueue;

/** Gives each destination the bounds of its routes, which the configuration has checked to agree. */
final class BoundedTransport extends HttpClientTransportOverHTTP {
    private record Bounds(int maxConnections, int maxQueued) {}

    private final Map<String, Bounds> boundsByOrigin = new HashMap<>();

    BoundedTransport(ClientConnector connector, Configuration configuration) {
        super(connector);
        configuration.routes().forEach(this::remember);
        setConnectionPoolFactory(destination -> new DuplexConnectionPool(
                destination, boundsOf(destination.getOrigin()).maxConnections()));
        // Else a known value would be replaced by its usual spelling: "GZIP" by "gzip".
        setHeaderCacheCaseSensitive(true);
        // Response events run on the selector's thread: nothing in them blocks, and each hop saved is felt.
        setInvocationType(InvocationType.NON_BLOCKING);
    }

    private void remember(RouteConfiguration route) {
        route.values()
                .get(RouteParameters.PROXY_TO)
                .ifPresent(upstream -> boundsByOrigin.put(
                        upstream.origin(),
                        new Bounds(
                                route.values().get(RouteParameters.MAX_CONNECTIONS),
                                route.values().get(RouteParameters.MAX_QUEUED))));
    }

    private Bounds boundsOf(Origin origin) {
        String key = UpstreamClient.originOf(origin);
        Bounds bounds = boundsByOrigin.get(key);
        if (bounds == null) {
            throw new IllegalStateException("no route leads to " + key);
        }
        return bounds;
    }

    @Override
    public Destination newDestination(Origin origin) {
        return new BoundedDestination(getHttpClient(), origin, boundsOf(origin));
    }

    /**
     * Serves {@code maxConnections} exchanges and lets {@code maxQueued} more wait. Jetty passes each exchange through
     * the queue, so that its own bound would also count those for which a connection is free or about to be opened.
     */
    private static final class BoundedDestination extends HttpDestination {
        private final Bounds bounds;

        BoundedDestination(HttpClient client, Origin origin, Bounds bounds) {
            super(client, origin);
            this.bounds = bounds;
        }

        @Override
        protected Queue<HttpExchange> newExchangeQueue(HttpClient client) {
            return new BlockingArrayQueue<>();
        }

        @Override
        protected boolean enqueue(Queue<HttpExchange> queue, HttpExchange exchange) {
            return hasRoom(queue.size()) && queue.offer(exchange);
        }

        /** The second question costs a look at every connection, and is only asked where the queue is long. */
        private boolean hasRoom(int queued) {
            return queued < bounds.maxQueued() || queued + leased() < bounds.maxQueued() + bounds.maxConnections();
        }

        private int leased() {
            return ((DuplexConnectionPool) getConnectionPool()).getActiveConnectionCount();
        }
    }
}
