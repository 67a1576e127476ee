package dev.weir.peers;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty's core {@link ProxyHandler.Reverse}, over HTTP/1.1 and h2c. Arguments: PORT UPSTREAM. */
public final class JettyCorePeer {
    private static final int MAX_CONNECTIONS = 1024;
    private static final int IDLE_MILLIS = 75_000;
    private static final int ACCEPT_QUEUE = 1024;

    private JettyCorePeer() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(connector);
        server.setHandler(new Reverse(args[1]));
        server.start();
        server.join();
    }

    private static final class Reverse extends ProxyHandler.Reverse {
        Reverse(String upstream) {
            super(request -> HttpURI.build(upstream + request.getHttpURI().getPathQuery()));
        }

        @Override
        protected void configureHttpClient(HttpClient client) {
            super.configureHttpClient(client);
            client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
            client.setMaxRequestsQueuedPerDestination(MAX_CONNECTIONS);
        }
    }
}
