package dev.weir.proxy;

import dev.weir.config.RouteParameters;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.exchange.TomcatHome;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee11.proxy.AsyncProxyServlet;

/**
 * A route: each {@code <servlet>} of this class, with its init-params, leads from its mapping to its upstream. All of
 * them share one client, one set of limits and one chain of filters.
 *
 * <p>It is the Jetty proxy servlet that a Jetty user knows, by type and by its parameters' names; nearly every inherited
 * step is replaced, because the stock ones buffer events, hang on unexpected interim responses, change targets and lose
 * aborts.
 */
public class BoundedProxyServlet extends AsyncProxyServlet {
    private static final long serialVersionUID = 1;

    private static final String TRACE = "TRACE";
    private static final String CONNECT = "CONNECT";

    private transient Machinery machinery;

    /** Takes what the application's start has built; creates nothing of its own. */
    @Override
    public void init() throws ServletException {
        machinery = (Machinery) getServletContext().getAttribute(Machinery.class.getName());
        if (machinery == null) {
            throw new ServletException("Servlet " + getServletName()
                    + " needs the listener dev.weir.proxy.Application in web.xml, as the shipped one has it");
        }
        _log = createLogger();
    }

    /** The shared client, which ends with the web application and not with this servlet. */
    @Override
    protected HttpClient createHttpClient() {
        return machinery.client().jetty();
    }

    @Override
    protected HttpClient getHttpClient() {
        return machinery.client().jetty();
    }

    /** Nothing: the listener stops what it started. */
    @Override
    public void destroy() {
        machinery = null;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Exchange exchange = Exchange.of(request);
        if (exchange == null) {
            throw new ServletException("Servlet " + getServletName()
                    + " stands behind no dev.weir.filter.ExchangeFilter: copy the chain of the shipped web.xml");
        }
        if (exchange.isAborted()) {
            throw TomcatHome.abortion(request.getServletContext().getClass().getClassLoader());
        }
        if (exchange.isSwitching()) {
            TomcatHome.upgrade(exchange, request);
            return;
        }
        if (exchange.route().values().get(RouteParameters.PROXY_USERS).isPresent() && !exchange.isLetIn()) {
            throw new ServletException("Route " + getServletName()
                    + " has proxyUsers, and no dev.weir.filter.ProxyUsersFilter before it: copy the chain of the shipped"
                    + " web.xml");
        }
        if (TRACE.equals(request.getMethod()) && !exchange.route().values().get(RouteParameters.TRACE)) {
            exchange.refuse(Refusal.ofStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
            return;
        }
        if (CONNECT.equals(request.getMethod()) && !exchange.isConnect()) {
            exchange.refuse(Refusal.NO_CONNECT);
            return;
        }
        if (exchange.upstream() == null) {
            exchange.refuse(new Refusal(
                    Outcome.UNCONFIGURED,
                    "Route " + getServletName() + " has no upstream: set -Dweir." + getServletName()
                            + ".proxyTo=http://host:port, or the init-param proxyTo of its servlet."));
            return;
        }
        if (exchange.upgrade() != null && exchange.upstream().isHttp2()) {
            exchange.refuse(new Refusal(
                    Outcome.UPGRADE_UNSUPPORTED,
                    "The route's upstream is asked in HTTP/2, which has no Upgrade; http or https in proxyTo has."));
            return;
        }
        if ((exchange.upgrade() != null || exchange.isConnect())
                && !machinery.home().carriesUpgrades(exchange)) {
            exchange.refuse(new Refusal(
                    Outcome.UPGRADE_UNSUPPORTED,
                    "The client's connection is not reached here, so that it cannot be upgraded: this container is not known,"
                            + " or a filter before Weir's has wrapped the request."));
            return;
        }
        new Relay(exchange, machinery).start();
    }
}
