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
import org.eclipse.jetty.io.SelectorManager;

/**
 * Opens the sockets to upstreams, with kernel probes where {@code tcpKeepAlive} says so, and with end points of ours.
 *
 * <p>Threads: any.
 */
final class UpstreamConnector extends ClientConnector {
    private final Set<UpstreamEndPoint> lingering = ConcurrentHashMap.newKeySet();
    private final boolean tcpKeepAlive;
    /** Whose selectors watch the sockets; null for selectors of its own. */
    private final HostSelectors host;

    private Lodger lodger;

    /** @param host whose selectors watch the sockets, see {@link UpstreamSockets}; null for selectors of its own */
    UpstreamConnector(boolean tcpKeepAlive, HostSelectors host) {
        this.tcpKeepAlive = tcpKeepAlive;
        this.host = host;
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
        SelectorManager selectors = host == null ? getSelectorManager() : host.manager();
        selectors.getBeans(ManagedSelector.class).forEach(selector -> selector.submit(awake -> {}));
    }

    /** The selector that the asking thread runs for; null where it has none, or where there is no choice. */
    ManagedSelector currentSelector() {
        return host == null ? null : host.current();
    }

    @Override
    protected SelectorManager newSelectorManager() {
        if (host == null) {
            return new ClientSelectorManager(getExecutor(), getScheduler(), getSelectors()) {
                @Override
                protected ManagedSelector newSelector(int id) {
                    return new ServingSelector(this, id);
                }
            };
        }
        lodger = new Lodger();
        return lodger;
    }

    /** Its view of the sockets that another's selectors watch. */
    UpstreamSockets lodger() {
        return lodger;
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

    /** Has no selectors of its own, and gives its sockets to the host's. */
    private final class Lodger extends ClientSelectorManager implements UpstreamSockets {
        private Lodger() {
            super(UpstreamConnector.this.getExecutor(), UpstreamConnector.this.getScheduler(), 1);
        }

        @Override
        protected void doStart() {
            // Nothing to start.
        }

        @Override
        protected void doStop() {
            // Nothing to stop.
        }

        @Override
        public void connect(SelectableChannel channel, Object attachment) {
            host.manager().connect(channel, attachment);
        }

        @Override
        public void accept(SelectableChannel channel, Object attachment) {
            host.manager().accept(channel, attachment);
        }

        @Override
        public EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            return super.newEndPoint(channel, selector, key);
        }

        @Override
        public void connectionFailed(SelectableChannel channel, Throwable cause, Object attachment) {
            super.connectionFailed(channel, cause, attachment);
        }
    }
}
