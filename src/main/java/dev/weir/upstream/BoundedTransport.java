package dev.weir.upstream;

import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** Gives each destination the bounds of its routes, which the configuration has checked to agree, and the shared budget. */
final class BoundedTransport extends HttpClientTransportOverHTTP {
    private final ConnectionBudget budget;
    private final Function<String, BoundedDestination.Bounds> boundsOf;

    /** @param boundsOf by {@code scheme://host:port} */
    BoundedTransport(
            UpstreamConnector connector,
            ConnectionBudget budget,
            Function<String, BoundedDestination.Bounds> boundsOf) {
        super(connector);
        this.budget = budget;
        this.boundsOf = boundsOf;
        // Else a known value would be replaced by its usual spelling: "GZIP" by "gzip".
        setHeaderCacheCaseSensitive(true);
        // Response events run on the selector's thread: nothing in them blocks, and each hop saved is felt.
        setInvocationType(InvocationType.NON_BLOCKING);
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
        return UpstreamConnection.over(endPoint, context);
    }

    @Override
    public Destination newDestination(Origin origin) {
        return new BoundedDestination(getHttpClient(), origin, budget, boundsOf.apply(UpstreamClient.originOf(origin)));
    }
}
