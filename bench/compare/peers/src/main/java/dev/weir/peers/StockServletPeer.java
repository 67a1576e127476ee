package dev.weir.peers;

import org.eclipse.jetty.ee11.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The stock {@link AsyncProxyServlet.Transparent} in embedded Jetty. Arguments: PORT UPSTREAM. */
public final class StockServletPeer {
    private static final String MAX_CONNECTIONS = "1024";
    private static final int IDLE_MILLIS = 75_000;
    private static final int ACCEPT_QUEUE = 1024;

    private StockServletPeer() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(connector);

        ServletHolder servlet = new ServletHolder(AsyncProxyServlet.Transparent.class);
        servlet.setInitParameter("proxyTo", args[1]);
        servlet.setInitParameter("maxConnections", MAX_CONNECTIONS);
        servlet.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(servlet, "/*");
        server.setHandler(context);
        server.start();
        server.join();
    }
}
