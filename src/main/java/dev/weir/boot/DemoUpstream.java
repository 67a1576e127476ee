package dev.weir.boot;

import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The sample upstream of {@code --demo}: a server of its own on a free loopback port, with a page, a big file, an echo
 * and a stream of events. It keeps no body in memory.
 */
final class DemoUpstream implements AutoCloseable {
    private static final int MAX_THREADS = 8;

    private final Server server;
    private final DemoEvents events;

    private DemoUpstream(Server server, DemoEvents events) {
        this.server = server;
        this.events = events;
    }

    static DemoUpstream start() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("weir-demo");
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        DemoEvents events = new DemoEvents();
        PathMappingsHandler paths = new PathMappingsHandler(false);
        Map<String, Handler> handlers =
                Map.of("/", new DemoPage(), "/big", new DemoFile(), "/echo", new DemoEcho(), "/events", events);
        handlers.forEach((path, handler) -> paths.addMapping(PathSpec.from("^" + path + "$"), handler));
        server.setHandler(paths);
        try {
            server.start();
        } catch (Exception cause) {
            throw new IllegalStateException("The sample upstream does not start: " + cause.getMessage(), cause);
        }
        return new DemoUpstream(server, events);
    }

    /** {@code http://127.0.0.1:PORT}. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    /** Ends the event streams, which would never end by themselves. */
    void endStreams() {
        events.end();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception cause) {
            throw new IllegalStateException("The sample upstream does not stop: " + cause.getMessage(), cause);
        }
    }
}
