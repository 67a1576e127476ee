package dev.weir.boot;

import dev.weir.upstream.HostSelectors;
import dev.weir.upstream.ServingSelector;
import dev.weir.upstream.ShortReadEndPoint;
import dev.weir.upstream.UpstreamSockets;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connector whose selectors watch the sockets to upstreams, too. A request is sent on from the thread that has read it,
 * over a socket of the same selector's, so that the answer comes back to the same thread: no thread wakes another.
 *
 * <p>Threads: the selectors'.
 */
final class SharedConnector extends ServerConnector {
    SharedConnector(Server server, int acceptors, int selectors) {
        super(server, null, null, null, acceptors, selectors);
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new SharedSelectors(executor, scheduler, selectors);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint socket = new ShortReadEndPoint(channel, selector, key, getScheduler());
        socket.setIdleTimeout(getIdleTimeout());
        return socket;
    }

    /** What comes from an upstream's socket is for its owner. */
    private final class SharedSelectors extends ServerConnectorManager implements HostSelectors {
        private final ThreadLocal<ManagedSelector> current = new ThreadLocal<>();

        private SharedSelectors(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected ManagedSelector newSelector(int id) {
            return new ServingSelector(this, id) {
                @Override
                protected int nioSelect(Selector selector, boolean now) throws IOException {
                    if (current.get() != this) {
                        current.set(this);
                    }
                    return super.nioSelect(selector, now);
                }
            };
        }

        @Override
        public ManagedSelector current() {
            return current.get();
        }

        @Override
        public SelectorManager manager() {
            return this;
        }

        /** In the next turn of the selector whose thread asks: what opens and what closes a connection waits for nothing. */
        @Override
        protected void execute(Runnable task) {
            ManagedSelector own = current.get();
            if (own == null) {
                super.execute(task);
            } else {
                own.submit(selector -> task.run());
            }
        }

        /** The one whose thread asks, if it is a selector's, or was. */
        @Override
        protected ManagedSelector chooseSelector() {
            ManagedSelector own = current.get();
            return own == null ? super.chooseSelector() : own;
        }

        /** Not of the socket to an upstream that has connected at once; who comes by the listener has its port. */
        @Override
        protected void onAccepting(SelectableChannel channel) {
            if (((SocketChannel) channel).socket().getLocalPort() == getLocalPort()) {
                super.onAccepting(channel);
            }
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(
                SelectableChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
            UpstreamSockets upstreams = UpstreamSockets.of(key.attachment());
            return upstreams == null
                    ? super.newEndPoint(channel, selector, key)
                    : (SocketChannelEndPoint) upstreams.newEndPoint(channel, selector, key);
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment)
                throws IOException {
            UpstreamSockets upstreams = UpstreamSockets.of(attachment);
            return upstreams == null
                    ? super.newConnection(channel, endPoint, attachment)
                    : upstreams.newConnection(channel, endPoint, attachment);
        }

        @Override
        public void connectionOpened(Connection connection, Object attachment) {
            UpstreamSockets upstreams = UpstreamSockets.of(attachment);
            if (upstreams == null) {
                super.connectionOpened(connection, attachment);
            } else {
                upstreams.connectionOpened(connection, attachment);
            }
        }

        @Override
        protected void connectionFailed(SelectableChannel channel, Throwable cause, Object attachment) {
            UpstreamSockets upstreams = UpstreamSockets.of(attachment);
            if (upstreams == null) {
                super.connectionFailed(channel, cause, attachment);
            } else {
                upstreams.connectionFailed(channel, cause, attachment);
            }
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            if (!UpstreamSockets.include(endPoint)) {
                super.endPointOpened(endPoint);
            }
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            if (!UpstreamSockets.include(endPoint)) {
                super.endPointClosed(endPoint);
            }
        }
    }
}
