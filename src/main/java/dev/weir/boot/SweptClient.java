package dev.weir.boot;

import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * A client connection as the sweep sees it, whatever it speaks.
 *
 * <p>Threads: the sweep's.
 */
interface SweptClient {
    Doing doing();

    /** Whole heads so far, or their like: another number is another occasion to be slow. 0 until the first. */
    long occasion();

    /**
     * Closes the connection for what it is doing, unless bytes have arrived for it meanwhile.
     *
     * @return whether it is over, or about to be
     */
    boolean close(Doing doing);

    /** Asks the client to leave when it has what it waits for; HTTP/1.1 clients are told so with their answers. */
    default void sayGoodbye() {
        // HTTP/1.1: ClientLimit adds Connection: close.
    }

    /** The one behind a socket; nothing where it was upgraded to what nobody knows. */
    static Optional<SweptClient> of(EndPoint socket) {
        EndPoint client = socket.getConnection() instanceof SslConnection tls ? tls.getSslEndPoint() : socket;
        if (!(client instanceof AbstractEndPoint end)) {
            return Optional.empty();
        }
        if (end.getConnection() instanceof HttpConnection connection) {
            return Optional.of(new SweptHttp1(end, connection));
        }
        if (end.getConnection() instanceof HTTP2ServerConnection connection
                && connection.getSession() instanceof Http2Session session) {
            return Optional.of(new SweptHttp2(end, session));
        }
        return end.getConnection() instanceof NegotiatingServerConnection
                        || ProxyProtocol.isAwaited(end.getConnection())
                ? Optional.of(new SweptHandshake(end, socket))
                : Optional.empty();
    }

    /** Takes away the connection's pending read, which fails as soon as bytes have arrived, and closes it. */
    static boolean closeUnread(AbstractEndPoint client, Doing doing) {
        boolean ours = client.getFillInterest().onFail(new TimeoutException("too slow, or not needed: " + doing))
                || doing == Doing.ENDED;
        if (ours) {
            client.close();
        }
        return ours;
    }
}
