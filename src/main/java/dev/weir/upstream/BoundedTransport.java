package dev.weir.upstream;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.Transport;

/** Gives each destination the bounds of its routes, which the configuration has checked to agree, and the shared budget. */
final class BoundedTransport extends HttpClientTransportOverHTTP {
    private final ConnectionBudget budget;
    private final Function<Origin, BoundedDestination.Bounds> boundsOf;
    private final Predicate<InetSocketAddress> own;
    private final Http2Connections http2;

    /** @param own our own listeners, where nobody is led by a name */
    BoundedTransport(
            UpstreamConnector connector,
            ConnectionBudget budget,
            Function<Origin, BoundedDestination.Bounds> boundsOf,
            Predicate<InetSocketAddress> own) {
        super(connector);
        this.budget = budget;
        this.boundsOf = boundsOf;
        this.http2 = new Http2Connections(connector);
        this.own = own;
        // Else a known value would be replaced by its usual spelling: "GZIP" by "gzip".
        setHeaderCacheCaseSensitive(true);
        // A connection's own cache would take 98 KB of each.
        setHeaderCacheSize(0);
        // Response events run on the selector's thread: nothing in them blocks, and each hop saved is felt.
        setInvocationType(InvocationType.NON_BLOCKING);
    }

    @Override
    protected void doStart() throws Exception {
        http2.configure(getHttpClient());
        super.doStart();
    }

    /** By HTTP/2 requests its destination is another one than without. */
    @Override
    public Origin newOrigin(Request request) {
        String protocol = ((UpstreamRequest) request).http2Protocol();
        if (protocol == null) {
            return super.newOrigin(request);
        }
        request.transport(Transport.TCP_IP);
        return getHttpClient().createOrigin(request, new Origin.Protocol(List.of(protocol), false));
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
        Destination destination = (Destination) context.get(Destination.CONTEXT_KEY);
        return Http2Connections.isFor(destination.getOrigin())
                ? http2.over(endPoint, context)
                : UpstreamConnection.over(endPoint, context);
    }

    @Override
    public Destination newDestination(Origin origin) {
        return new BoundedDestination(
                getHttpClient(), origin, budget, boundsOf.apply(origin), DestinationCheck.of(origin, own));
    }
}
