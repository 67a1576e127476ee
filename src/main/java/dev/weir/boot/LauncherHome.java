package dev.weir.boot;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import dev.weir.exchange.JettyHome;
import dev.weir.exchange.Switching;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;

/** The launcher: Jetty, whose connections it knows itself. */
final class LauncherHome implements Home {
    private final Home jetty = new JettyHome("launcher");

    @Override
    public String name() {
        return jetty.name();
    }

    @Override
    public boolean isAlone() {
        return jetty.isAlone();
    }

    @Override
    public void abort(Exchange exchange) {
        jetty.abort(exchange);
    }

    @Override
    public boolean sendEnd(Exchange exchange) {
        return jetty.sendEnd(exchange);
    }

    @Override
    public boolean sendsInterim() {
        return jetty.sendsInterim();
    }

    @Override
    public void interim(Exchange exchange, int status, HttpFields fields, Runnable then) {
        jetty.interim(exchange, status, fields, then);
    }

    @Override
    public void frame(Exchange exchange) {
        jetty.frame(exchange);
    }

    @Override
    public int maxResponseHeadBytes(Exchange exchange) {
        return jetty.maxResponseHeadBytes(exchange);
    }

    @Override
    public boolean carriesUpgrades(Exchange exchange) {
        return jetty.carriesUpgrades(exchange);
    }

    @Override
    public void switchProtocols(Exchange exchange, Executor executor, Switching switching) {
        jetty.switchProtocols(exchange, executor, switching);
    }

    /**
     * Asked of the stream itself: Jetty tells nobody of a reset that comes while a request is still on its way through the
     * chain, so that its exchange would wait for an upstream that answers to nobody.
     */
    @Override
    public void whenClientGone(Exchange exchange, Runnable task) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(exchange.request());
        if (request.getConnectionMetaData() instanceof HTTP2ServerConnection connection) {
            int id = Integer.parseInt(request.getId());
            if (connection.getSession().getStream(id) instanceof Http2Stream stream) {
                stream.whenGone(task);
            } else {
                task.run(); // it has been reset, and is forgotten
            }
        }
    }
}
