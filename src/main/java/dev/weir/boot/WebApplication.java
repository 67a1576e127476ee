package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.exchange.Home;
import dev.weir.exchange.JettyHome;
import dev.weir.proxy.BoundedProxyServlet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.ServletMapping;
import org.eclipse.jetty.ee11.webapp.JettyWebXmlConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.webapp.WebXmlConfiguration;

/**
 * The web application as the launcher runs it: the shipped web.xml, in the launcher's own class loader, so that both
 * share Jetty's types. Routes of the command line replace the shipped one.
 */
final class WebApplication extends WebAppContext {
    /** The servlet of the shipped web.xml that routes of the command line replace. */
    private static final String SHIPPED_ROUTE = "proxy";

    private final List<Route> routes;

    /** A route of the command line. */
    record Route(String servletName, String prefix, String proxyTo) {}

    /**
     * @param routes none: the shipped route stands
     * @param settings of the command line, as {@link Configuration#COMMAND_LINE} has them
     */
    WebApplication(List<Route> routes, Map<String, String> settings) {
        this.routes = List.copyOf(routes);
        setContextPath("/");
        setClassLoader(WebApplication.class.getClassLoader());
        setDefaultsDescriptor(null);
        setExtractWAR(false);
        setConfigurations(new org.eclipse.jetty.ee11.webapp.Configuration[] {
            new WebXmlConfiguration(), new JettyWebXmlConfiguration()
        });
        setAttribute(Home.class.getName(), new JettyHome("launcher"));
        setAttribute(Configuration.COMMAND_LINE, Map.copyOf(settings));
        setThrowUnavailableOnStartupException(true);
    }

    /** Runs after web.xml was read and before the listener reads the configuration. */
    @Override
    protected void startWebapp() throws Exception {
        if (!routes.isEmpty()) {
            replaceShippedRoute(getServletHandler());
        }
        super.startWebapp();
    }

    private void replaceShippedRoute(ServletHandler handler) {
        handler.setServletMappings(Arrays.stream(handler.getServletMappings())
                .filter(mapping -> !mapping.getServletName().equals(SHIPPED_ROUTE))
                .toArray(ServletMapping[]::new));
        handler.setServlets(Arrays.stream(handler.getServlets())
                .filter(servlet -> !servlet.getName().equals(SHIPPED_ROUTE))
                .toArray(ServletHolder[]::new));
        for (Route route : routes) {
            ServletHolder holder = new ServletHolder(route.servletName(), BoundedProxyServlet.class);
            holder.setInitParameter("proxyTo", route.proxyTo());
            holder.setAsyncSupported(true);
            holder.setInitOrder(1);
            handler.addServletWithMapping(holder, route.prefix() + "/*");
        }
    }
}
