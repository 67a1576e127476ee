package dev.weir.upstream;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;

/**
 * Opens the sockets to upstreams, with kernel probes where {@code tcpKeepAlive} says so, and with end points of ours.
 *
 * <p>Threads: any.
 */
final class UpstreamConnector extends ClientConnector {
    private final Set<UpstreamEndPoint> lingering = ConcurrentHashMap.newKeySet();
    private final boolean tcpKeepAlive;

    UpstreamConnector(boolean tcpKeepAlive) {
        this.tcpKeepAlive = tcpKeepAlive;
    }

    @Override
    protected void configure(SelectableChannel channel) throws IOException {
        super.configure(channel);
        if (tcpKeepAlive && channel instanceof NetworkChannel socket) {
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        }
    }

    /** Lets go of the descriptors of sockets that were closed while they were connecting: an idle selector keeps them. */
    void wakeSelectors() {
        getSelectorManager().getBeans(ManagedSelector.class).forEach(selector -> selector.submit(awake -> {}));
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new UpstreamEndPoint((SocketChannel) channel, selector, key, getScheduler(), lingering);
    }

    /** The last moment before anything is sent: a PROXY header goes out, and TLS begins, when there is a connection. */
    @Override
    protected Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
        if (context.get(Destination.CONTEXT_KEY) instanceof BoundedDestination destination) {
            destination.check().verify(endPoint.getRemoteSocketAddress());
        }
        return super.newConnection(endPoint, context);
    }

    @Override
    protected void doStop() throws Exception {
        List.copyOf(lingering).forEach(UpstreamEndPoint::endLinger);
        super.doStop();
    }
}
