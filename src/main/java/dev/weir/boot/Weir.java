package dev.weir.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** The launcher: {@code java -jar weir.war}. */
public final class Weir {
    private Weir() {}

    /** Starts Weir; each argument is a route, {@code PREFIX=URL}. */
    public static void main(String[] args) throws Exception {
        System.setProperty("org.eclipse.jetty.http.HttpGenerator.STRICT", "true");
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16384);
        http.setResponseHeaderSize(40960);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.getInteger("port", 8080));
        server.addConnector(connector);
        List<WebApplication.Route> routes = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            routes.add(new WebApplication.Route(
                    "route" + (routes.size() + 1), arg.substring(0, equals), arg.substring(equals + 1)));
        }
        WebApplication application = new WebApplication(routes, Map.of());
        Path war = Path.of(System.getProperty("java.class.path"));
        application.setBaseResource(ResourceFactory.of(application).newJarFileResource(war.toUri()));
        server.setHandler(application);
        server.start();
        System.out.println("listening on http://127.0.0.1:" + connector.getLocalPort());
    }
}
