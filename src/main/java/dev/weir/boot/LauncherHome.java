package dev.weir.boot;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.JettyHome;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletApiRequest;
import org.eclipse.jetty.ee11.servlet.ServletApiResponse;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;

/** The launcher: Jetty, whose connections it knows itself. */
final class LauncherHome extends JettyHome {
    private final List<InetSocketAddress> listeners;

    LauncherHome(List<InetSocketAddress> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public List<InetSocketAddress> listeners(ServletContext context) {
        return listeners;
    }

    @Override
    public String name() {
        return "launcher";
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    /** As Jetty holds them, where no filter before ours has put another request in the place of its own. */
    @Override
    public HttpFields fields(HttpServletRequest request) {
        return request instanceof ServletApiRequest own ? own.getRequest().getHeaders() : super.fields(request);
    }

    @Override
    public void add(HttpServletResponse response, HttpField field) {
        if (response instanceof ServletApiResponse own) {
            own.getResponse().getHeaders().add(field);
        } else {
            super.add(response, field);
        }
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
