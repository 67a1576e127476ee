package dev.weir.exchange;

import dev.weir.tunnel.ForeignSocketEnd;
import dev.weir.tunnel.SocketEnd;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;

/** Jetty, as a container and below the launcher. */
public class JettyHome implements Home {
    /** What every connector of Jetty's carries. */
    private static final int ALWAYS_CARRIED_BYTES = 4096;

    /** Jetty's documented meaning of this status: close the connection without ending the message. */
    private static final int ABORT = -1;

    /** Where Jetty's server puts the connection that takes the place of HTTP's when the response is out. */
    private static final String UPGRADE_CONNECTION = "org.eclipse.jetty.server.HttpStream.upgradeConnection";

    @Override
    public String name() {
        return "jetty";
    }

    /** The connector's {@code maxResponseHeaderSize}; asked for large heads alone, for it takes its time. */
    @Override
    public int maxResponseHeadBytes(Exchange exchange) {
        return exchange.clientHeadBytes() <= ALWAYS_CARRIED_BYTES
                ? Integer.MAX_VALUE
                : JettyConnection.maxResponseHeadBytes(exchange);
    }

    /** The end point's, which a PROXY header has changed where such are expected, but no forwarded field. */
    @Override
    public String peerAddress(HttpServletRequest request) {
        String address = JettyConnection.peerAddress(request);
        return address == null ? request.getRemoteAddr() : address;
    }

    /** Asked for in so many words, for Jetty would end the body with a connection that is to be closed anyway. */
    @Override
    public void frame(Exchange exchange) {
        if ("HTTP/1.1".equals(exchange.request().getProtocol())) {
            exchange.response().setHeader("Transfer-Encoding", "chunked");
        }
    }

    @Override
    public boolean sendEnd(Exchange exchange) {
        try {
            exchange.response().getOutputStream().close();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public boolean sendsInterim() {
        return true;
    }

    /** The Servlet API has no way to do it without blocking, Jetty's own response has. */
    @Override
    public void interim(Exchange exchange, int status, HttpFields fields, Runnable then) {
        if ("HTTP/1.0".equals(exchange.request().getProtocol())) {
            then.run();
        } else {
            JettyConnection.writeInterim(exchange.response(), status, fields)
                    .whenComplete((nothing, failure) -> then.run());
        }
    }

    /** By the road that Jetty's own tunnels take: {@code HttpServletRequest.upgrade} gives a stream that has ended already. */
    @Override
    public boolean carriesUpgrades(Exchange exchange) {
        Object endPoint = JettyConnection.endPoint(exchange.request());
        return endPoint instanceof EndPoint || ForeignSocketEnd.over(endPoint) != null;
    }

    /** Jetty tells the Servlet API's listener that all is over before it writes the head, and nobody that this failed. */
    @Override
    public void switchProtocols(Exchange exchange, Executor executor, Switching switching) {
        Object endPoint = JettyConnection.endPoint(exchange.request());
        // The launcher's types are ours, since it has one class loader for both.
        Object connection = endPoint instanceof EndPoint ours
                ? new SocketEnd(ours, executor, switching.opened())
                : ForeignSocketEnd.over(endPoint).connection(switching.opened());
        exchange.request().setAttribute(UPGRADE_CONNECTION, connection);
        JettyConnection.whenFailed(exchange.request(), switching.lost());
        exchange.complete();
    }

    /**
     * An orderly close would be the end of a body that knows no chunks (RFC 9112 §6.3), so that it becomes a reset. Jetty
     * tells no {@code AsyncListener} of the end of what was aborted.
     */
    @Override
    public void abort(Exchange exchange, Runnable ended) {
        JettyConnection.whenOver(exchange.request(), ended);
        if ("HTTP/1.0".equals(exchange.request().getProtocol())) {
            JettyConnection.resetOnClose(exchange.request());
        }
        try {
            exchange.response().sendError(ABORT);
        } catch (IOException | IllegalStateException alreadyGone) {
            // The connection closed meanwhile, which is what was wanted.
        }
        exchange.complete();
    }
}
