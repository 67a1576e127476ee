package dev.weir.boot;

import dev.weir.config.AddressRanges;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PROXY protocol (HAProxy's proxy-protocol.txt, versions 1 and 2) at the launcher's listener: a connection from one of
 * {@code proxyProtocolFrom} must begin with a header that names the client, and is that client's from there on. Who else
 * connects is who he is; nothing is guessed from what he sends.
 *
 * <p>Threads: the acceptor's and those that read.
 */
final class ProxyProtocol extends AbstractConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocol.class);

    private final AddressRanges senders;
    private final String next;
    private final ConnectionFactory headers;

    private ProxyProtocol(AddressRanges senders, String next) {
        super("proxied");
        this.senders = senders;
        this.next = next;
        this.headers = new Headers(next);
        installBean(headers);
    }

    /** Puts it before what a listener speaks, which has not started. */
    static void installOn(ServerConnector listener, AddressRanges senders) {
        listener.addFirstConnectionFactory(new ProxyProtocol(senders, listener.getDefaultProtocol()));
    }

    /** Whether a connection is still at its header. */
    static boolean isAwaited(Connection connection) {
        Class<?> host = connection.getClass().getNestHost();
        return host == DetectorConnectionFactory.class || host == ProxyConnectionFactory.class;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint client) {
        InetSocketAddress peer = (InetSocketAddress) client.getRemoteSocketAddress();
        ConnectionFactory first = senders.contains(peer.getAddress()) ? headers : connector.getConnectionFactory(next);
        return first.newConnection(connector, client);
    }

    private static final class Headers extends ProxyConnectionFactory {
        private final AtomicBoolean told = new AtomicBoolean();

        Headers(String next) {
            super(next);
        }

        /** Jetty would go on without one, and take the sender for the client. */
        @Override
        protected void nextProtocol(Connector connector, EndPoint sender, ByteBuffer beginning) {
            if (told.compareAndSet(false, true)) {
                LOG.warn(
                        "{} began a connection without a PROXY header, which it must send (weir.proxyProtocolFrom); it was"
                                + " closed. Told once.",
                        sender.getRemoteSocketAddress());
            }
            sender.close();
        }
    }
}
