package dev.weir.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * The connection that a request came in by, as Jetty's own objects tell it. A web application cannot name their types, which
 * are the server's, but it may ask them.
 */
final class JettyConnection {
    private JettyConnection() {}

    /**
     * Makes the close to come a reset, which no client takes for an end. Does nothing where the socket is not reached, or
     * is below TLS, which has an end of its own.
     */
    static void resetOnClose(HttpServletRequest request) {
        try {
            Object endPoint = ask(ask(metaData(request), "getConnection"), "getEndPoint");
            if (ask(endPoint, "getTransport") instanceof SocketChannel socket) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (ReflectiveOperationException | IOException notReached) {
            // Another Jetty, a wrapped request or a closed socket: the close stays what it is.
        }
    }

    /** The largest response head that it carries, in bytes; as if there were no bound where it does not tell. */
    static int maxResponseHeadBytes(HttpServletRequest request) {
        try {
            Object size = ask(ask(metaData(request), "getHttpConfiguration"), "getMaxResponseHeaderSize");
            return size instanceof Integer bytes && bytes > 0 ? bytes : Integer.MAX_VALUE;
        } catch (ReflectiveOperationException notTold) {
            return Integer.MAX_VALUE;
        }
    }

    private static Object metaData(HttpServletRequest request) throws ReflectiveOperationException {
        return ask(ask(request, "getRequest"), "getConnectionMetaData");
    }

    private static Object ask(Object jettys, String getter) throws ReflectiveOperationException {
        return jettys.getClass().getMethod(getter).invoke(jettys);
    }
}
