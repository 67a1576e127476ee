package dev.weir.exchange;

import dev.weir.tunnel.WebConnectionEnd;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.concurrent.Executor;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Tomcat, 11 and 10.1, and any other container we do not know.
 *
 * <p>Neither {@code sendError} nor {@code complete} closes a committed message there: the first throws, the second ends
 * the message cleanly. What closes it is an exception out of {@code service}, so the exchange is dispatched once more
 * and the servlet throws at once.
 */
public final class TomcatHome implements Home {
    /** Set by Tomcat's RemoteIpValve and RemoteIpFilter. */
    private static final String FORWARDED = "org.apache.tomcat.request.forwarded";

    private final int maxResponseHeadBytes = smallestResponseHead();

    @Override
    public String name() {
        return "tomcat";
    }

    /** The connectors' {@code maxHttpResponseHeaderSize}, the smallest: what they say of themselves at start. */
    @Override
    public int maxResponseHeadBytes(Exchange exchange) {
        return maxResponseHeadBytes;
    }

    private static int smallestResponseHead() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            return beans.queryNames(new ObjectName("*:type=ProtocolHandler,*"), null).stream()
                    .mapToInt(handler -> responseHead(beans, handler))
                    .min()
                    .orElse(Integer.MAX_VALUE);
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int responseHead(MBeanServer beans, ObjectName handler) {
        try {
            Object size = beans.getAttribute(handler, "maxHttpResponseHeaderSize");
            return size instanceof Integer bytes ? bytes : Integer.MAX_VALUE;
        } catch (JMException notTold) {
            // A connector of another kind, such as AJP.
            return Integer.MAX_VALUE;
        }
    }

    /** By one protected field of its facade's; {@code getPeerAddr} is what no valve rewrites. */
    @Override
    public String peerAddress(HttpServletRequest request) {
        try {
            Field field = request.getClass().getDeclaredField("request");
            field.setAccessible(true);
            Object catalinas = field.get(request);
            Object address = catalinas.getClass().getMethod("getPeerAddr").invoke(catalinas);
            return address == null ? request.getRemoteAddr() : address.toString();
        } catch (ReflectiveOperationException | RuntimeException notReached) {
            return request.getRemoteAddr();
        }
    }

    /**
     * Its valve takes the field away where it names the very peer, or none but internal ones; what it leaves is a mark on
     * every request of a peer that it believes, with a field or without.
     */
    @Override
    public boolean isPeerRewritten(HttpServletRequest request) {
        return request.getAttribute(FORWARDED) != null || Home.super.isPeerRewritten(request);
    }

    /** Those of the engine that the web application belongs to; bound before any application starts. */
    @Override
    public List<InetSocketAddress> listeners(ServletContext context) {
        return TomcatConnectors.ofEngine(context.getVirtualServerName().replaceFirst("/.*", ""));
    }

    @Override
    public void abort(Exchange exchange, Runnable ended) {
        exchange.markAborted();
        try {
            exchange.request().getAsyncContext().dispatch(pathOf(exchange.request()));
        } catch (IllegalStateException alreadyEnded) {
            // The container ended the exchange first: it found the client gone.
        }
    }

    /**
     * A path that leads to the servlet, percent-encoded. Without one, Tomcat would take the target as it was spelled, and
     * find another servlet, or none, where dots, doubled slashes or parameters stand before the prefix.
     */
    static String pathOf(HttpServletRequest request) {
        String pattern = request.getHttpServletMapping().getPattern();
        String path = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : "/";
        try {
            return new URI(null, null, path, null).getRawPath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Tomcat takes what still comes itself, up to the connector's {@code maxSwallowSize}. What it holds back of the response is
     * sent before: a read that it has in hand when the exchange completes makes it throw, and close the connection as it is.
     */
    @Override
    public boolean sendEnd(Exchange exchange) {
        try {
            ServletOutputStream out = exchange.response().getOutputStream();
            if (out.isReady()) {
                out.flush();
            }
        } catch (IOException clientGone) {
            // The end of the exchange finds it, too.
        }
        return false;
    }

    @Override
    public boolean buffersWrites() {
        return true;
    }

    @Override
    public boolean carriesUpgrades(Exchange exchange) {
        return true;
    }

    /** The Servlet API lets only a dispatched servlet upgrade; see {@link #upgrade}. */
    @Override
    public void switchProtocols(Exchange exchange, Executor executor, Switching switching) {
        exchange.markSwitching(switching);
        try {
            exchange.request().getAsyncContext().dispatch(pathOf(exchange.request()));
        } catch (IllegalStateException alreadyEnded) {
            // The container ended the exchange first, and tells its listener.
        }
    }

    /**
     * What the dispatched servlet does with an exchange that switches protocols. Tomcat would send the head behind it, and
     * tell nobody where that fails.
     */
    public static void upgrade(Exchange exchange, HttpServletRequest request) throws IOException, ServletException {
        Switching switching = exchange.switching();
        request.upgrade(WebConnectionEnd.class).whenOpen(switching.opened());
        try {
            exchange.response().flushBuffer();
        } catch (IOException gone) {
            switching.lost().run();
        }
    }

    /** What the dispatched servlet throws. Tomcat logs its own exception at debug level, any other with its stack. */
    public static IOException abortion(ClassLoader container) {
        String message = "the upstream failed after its response head";
        try {
            Class<?> closeNow = Class.forName("org.apache.coyote.CloseNowException", false, container);
            return (IOException) closeNow.getConstructor(String.class).newInstance(message);
        } catch (ReflectiveOperationException notTomcat) {
            return new IOException(message);
        }
    }
}
