package dev.weir.upstream;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamUrl;
import dev.weir.config.Values;
import dev.weir.upstream.BoundedDestination.Bounds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.client.Origin;

/**
 * The bounds of each destination that a route leads to, which the configuration has checked to agree; and of each that the
 * requests of an open route name, which is kept apart from all others.
 */
final class DestinationBounds implements Function<Origin, Bounds> {
    private final Map<String, Bounds> byOrigin = new HashMap<>();
    /** Those of each destination that its requests name. */
    private final Map<String, Bounds> byOpenRoute = new HashMap<>();

    private int destinations;

    private DestinationBounds() {}

    static DestinationBounds of(Configuration configuration) {
        DestinationBounds all = new DestinationBounds();
        Values shared = configuration.shared();
        int connectRate = shared.get(SharedParameters.CONNECT_RATE)
                .orElseGet(() -> PortRange.read().connectsPerSecond());
        configuration.routes().forEach(route -> all.add(route, shared, connectRate));
        all.destinations = all.byOrigin.size();
        // Jetty knows it as a destination, too; what leads through it is counted where it leads.
        boolean keepAlive = shared.get(SharedParameters.KEEP_ALIVE);
        Duration tls = shared.get(SharedParameters.TLS_HANDSHAKE_TIMEOUT);
        shared.get(SharedParameters.UPSTREAM_PROXY)
                .ifPresent(proxy ->
                        all.byOrigin.putIfAbsent(proxy.url().origin(), new Bounds(1, 0, connectRate, tls, keepAlive)));
        return all;
    }

    private void add(RouteConfiguration route, Values shared, int connectRate) {
        Values values = route.values();
        Bounds bounds = new Bounds(
                values.get(RouteParameters.MAX_CONNECTIONS),
                values.get(RouteParameters.MAX_QUEUED),
                connectRate,
                shared.get(SharedParameters.TLS_HANDSHAKE_TIMEOUT),
                shared.get(SharedParameters.KEEP_ALIVE));
        route.upstream().map(UpstreamUrl::origin).ifPresent(origin -> byOrigin.put(origin, bounds));
        if (route.isOpen()) {
            byOpenRoute.put(route.servletName(), bounds);
        }
    }

    /** The budget that all of them share. */
    BudgetLimits limits(Values shared, int connectionBudget) {
        return new BudgetLimits(
                connectionBudget,
                shared.get(SharedParameters.MAX_IDLE_CONNECTIONS).orElse(connectionBudget),
                shared.get(SharedParameters.IDLE_TIMEOUT).toNanos(),
                shared.get(SharedParameters.MAX_CONNECTION_AGE).toNanos(),
                // A request for an upgrade cannot say close, and may be declined.
                shared.get(SharedParameters.KEEP_ALIVE)
                        ? shared.get(SharedParameters.MAX_CONNECTION_USES).orElse(Integer.MAX_VALUE)
                        : 1,
                destinations > 1 || !byOpenRoute.isEmpty());
    }

    @Override
    public Bounds apply(Origin destination) {
        String origin = UpstreamClient.originOf(destination);
        Bounds bounds = destination.getTag() instanceof RouteTag tag
                ? byOpenRoute.get(tag.rules().route())
                : byOrigin.get(origin);
        if (bounds == null) {
            throw new IllegalStateException("no route leads to " + origin);
        }
        return bounds;
    }
}
