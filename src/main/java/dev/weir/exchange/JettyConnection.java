package dev.weir.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * The socket that a request came in by, below Jetty's own objects. A web application cannot name their types, which are the
 * server's, but it may ask them.
 */
final class JettySocket {
    private JettySocket() {}

    /**
     * Makes the close to come a reset, which no client takes for an end. Does nothing where the socket is not reached, or
     * is below TLS, which has an end of its own.
     */
    static void resetOnClose(HttpServletRequest request) {
        try {
            Object connection = ask(ask(ask(request, "getRequest"), "getConnectionMetaData"), "getConnection");
            if (ask(ask(connection, "getEndPoint"), "getTransport") instanceof SocketChannel socket) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (ReflectiveOperationException | IOException notReached) {
            // Another Jetty, a wrapped request or a closed socket: the close stays what it is.
        }
    }

    private static Object ask(Object jettys, String getter) throws ReflectiveOperationException {
        return jettys.getClass().getMethod(getter).invoke(jettys);
    }
}
