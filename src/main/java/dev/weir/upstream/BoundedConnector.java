package dev.weir.upstream;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;

/**
 * Opens upstream sockets whose end points give their permits back.
 *
 * <p>Threads: any.
 */
final class BoundedConnector extends ClientConnector {
    private final Set<UpstreamEndPoint> lingering = ConcurrentHashMap.newKeySet();

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketPermit permit = (SocketPermit) ((Map<?, ?>) key.attachment()).get(SocketPermit.KEY);
        return new UpstreamEndPoint((SocketChannel) channel, selector, key, getScheduler(), permit, lingering);
    }

    @Override
    protected void doStop() throws Exception {
        List.copyOf(lingering).forEach(UpstreamEndPoint::endLinger);
        super.doStop();
    }
}
