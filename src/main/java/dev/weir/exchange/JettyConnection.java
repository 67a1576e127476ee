package dev.weir.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * The connection that a request came in by, and its response, as Jetty's own objects know them. A web application cannot
 * name their types, which are the server's, but it may ask them.
 */
final class JettyConnection {
    private JettyConnection() {}

    /** Its end point, of the server's types; null where it is not reached. */
    static Object endPoint(HttpServletRequest request) {
        try {
            return ask(ask(metaData(request), "getConnection"), "getEndPoint");
        } catch (ReflectiveOperationException notReached) {
            return null;
        }
    }

    /** The address of its other end; null where it is not reached. */
    static String peerAddress(HttpServletRequest request) {
        try {
            Object endPoint = endPoint(request);
            return endPoint != null && ask(endPoint, "getRemoteSocketAddress") instanceof InetSocketAddress peer
                    ? peer.getAddress().getHostAddress()
                    : null;
        } catch (ReflectiveOperationException notReached) {
            return null;
        }
    }

    /**
     * Makes the close to come a reset, which no client takes for an end. Does nothing where the socket is not reached, or
     * is below TLS, which has an end of its own.
     */
    static void resetOnClose(HttpServletRequest request) {
        try {
            Object endPoint = endPoint(request);
            if (endPoint != null && ask(endPoint, "getTransport") instanceof SocketChannel socket) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (ReflectiveOperationException | IOException notReached) {
            // Another Jetty, a wrapped request or a closed socket: the close stays what it is.
        }
    }

    /**
     * The largest response head that it carries, in bytes; as if there were no bound where it does not tell. In HTTP/2 the
     * client may have set a lower one, and a head beyond it would end all that is under way on the connection.
     */
    static int maxResponseHeadBytes(Exchange exchange) {
        return exchange.isHttp2() ? maxHttp2HeadBytes(exchange.request()) : maxHttp1HeadBytes(exchange.request());
    }

    private static int maxHttp2HeadBytes(HttpServletRequest request) {
        try {
            Object generator = ask(ask(metaData(request), "getSession"), "getGenerator");
            return bytes(ask(ask(generator, "getHpackEncoder"), "getMaxHeaderListSize"));
        } catch (ReflectiveOperationException notTold) {
            return maxHttp1HeadBytes(request);
        }
    }

    private static int maxHttp1HeadBytes(HttpServletRequest request) {
        try {
            Object size = ask(ask(metaData(request), "getHttpConfiguration"), "getMaxResponseHeaderSize");
            return bytes(size);
        } catch (ReflectiveOperationException notTold) {
            return Integer.MAX_VALUE;
        }
    }

    private static int bytes(Object size) {
        return size instanceof Integer bytes && bytes > 0 ? bytes : Integer.MAX_VALUE;
    }

    /**
     * Writes an interim response; fails where that is not possible now, or the response is not Jetty's own.
     *
     * @param fields of the web application's Jetty, which are made into those of the server's
     */
    static CompletionStage<?> writeInterim(HttpServletResponse response, int status, HttpFields fields) {
        try {
            Object core = ask(response, "getResponse");
            ClassLoader server = core.getClass().getClassLoader();
            Class<?> type = Class.forName(HttpFields.class.getName(), true, server);
            Object theirs = type.getMethod("build").invoke(null);
            Method add = Class.forName(HttpFields.Mutable.class.getName(), true, server)
                    .getMethod("add", String.class, String.class);
            for (HttpField field : fields) {
                add.invoke(theirs, field.getName(), field.getValue());
            }
            return (CompletionStage<?>)
                    core.getClass().getMethod("writeInterim", int.class, type).invoke(core, status, theirs);
        } catch (ReflectiveOperationException notReached) {
            return CompletableFuture.failedStage(notReached);
        }
    }

    /** Has the task run where the response turns out not to have gone out; at once where that is known. */
    static void whenFailed(HttpServletRequest request, Runnable task) {
        try {
            addCompletionListener(request, failure -> {
                if (failure != null) {
                    task.run();
                }
            });
        } catch (ReflectiveOperationException overAlready) {
            task.run();
        }
    }

    /**
     * Has the task run when nothing of the response is being written any more, however it ended; at once where it has
     * ended. Never where the request is wrapped.
     */
    static void whenOver(HttpServletRequest request, Runnable task) {
        try {
            addCompletionListener(request, failure -> task.run());
        } catch (InvocationTargetException overAlready) {
            task.run();
        } catch (ReflectiveOperationException notReached) {
            // What was written is left to the garbage collector.
        }
    }

    private static void addCompletionListener(HttpServletRequest request, Consumer<Throwable> listener)
            throws ReflectiveOperationException {
        Object core = ask(request, "getRequest");
        Class<?> type = Class.forName(
                "org.eclipse.jetty.server.Request", true, core.getClass().getClassLoader());
        type.getMethod("addCompletionListener", type, Consumer.class).invoke(null, core, listener);
    }

    private static Object metaData(HttpServletRequest request) throws ReflectiveOperationException {
        return ask(ask(request, "getRequest"), "getConnectionMetaData");
    }

    private static Object ask(Object jettys, String getter) throws ReflectiveOperationException {
        return jettys.getClass().getMethod(getter).invoke(jettys);
    }
}
