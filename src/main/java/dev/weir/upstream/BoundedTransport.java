package dev.weir.upstream;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;

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
        Bounds bounds = boundsOf(origin);
        return new BoundedDestination(getHttpClient(), origin, bounds.maxConnections(), bounds.maxQueued());
    }
}
