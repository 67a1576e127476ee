package dev.weir.upstream;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.Map;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;

/**
 * The sockets to upstreams, as a server's selectors see them that watch them beside the server's own. What a selector
 * manager is asked about a socket, it asks here, where {@link #of} says that the socket is one of these.
 *
 * <p>Threads: as the methods of {@link org.eclipse.jetty.io.SelectorManager} that have the same names.
 */
public interface UpstreamSockets {
    /** Whose a socket is, by what it was registered with; null where it is none of these. */
    static UpstreamSockets of(Object attachment) {
        return attachment instanceof Map<?, ?> context
                        && context.get(ClientConnector.CONTEXT_KEY) instanceof UpstreamConnector upstreams
                ? upstreams.lodger()
                : null;
    }

    /** Whether an end point is of such a socket. */
    static boolean include(EndPoint endPoint) {
        return endPoint instanceof UpstreamEndPoint;
    }

    /** A socket is open. */
    EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key);

    /** What is spoken over it. */
    Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment) throws IOException;

    /** It may be used. */
    void connectionOpened(Connection connection, Object attachment);

    /** It did not open. */
    void connectionFailed(SelectableChannel channel, Throwable cause, Object attachment);
}
