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
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.BlockingArrayQueue;

/** Gives each destination the bounds of its routes, which the configuration has checked to agree. */
final class BoundedTransport extends HttpClientTransportDynamic {
    private record Bounds(int maxConnections, int maxQueued) {}

    private final Map<String, Bounds> boundsByOrigin = new HashMap<>();

    BoundedTransport(ClientConnector connector, Configuration configuration) {
        super(connector);
        configuration.routes().forEach(this::remember);
        setConnectionPoolFactory(destination -> new DuplexConnectionPool(
                destination, boundsOf(destination.getOrigin()).maxConnections()));
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
        int maxQueued = boundsOf(origin).maxQueued();
        return new HttpDestination(getHttpClient(), origin) {
            @Override
            protected Queue<HttpExchange> newExchangeQueue(HttpClient client) {
                return new BlockingArrayQueue<>(maxQueued);
            }
        };
    }
}
