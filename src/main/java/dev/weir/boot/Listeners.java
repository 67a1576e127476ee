package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.limits.Descriptors;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The launcher's listeners: one for clients, and one for the pages where {@code statusPort} asks for it.
 *
 * <p>Threads: the starting one.
 */
final class Listeners {
    private final Server server;
    private final Options options;
    private final Connector clients;
    private StatusConnector pages;

    Listeners(Server server, Options options) {
        this.server = server;
        this.options = options;
        this.clients = new Connector(server, options);
    }

    /** Binds the addresses; returns them. */
    List<InetSocketAddress> open(Configuration configuration, Descriptors descriptors) throws StartFailedException {
        List<InetSocketAddress> bound = new ArrayList<>();
        bound.add(clients.open(configuration, descriptors));
        OptionalInt port = configuration.shared().get(SharedParameters.STATUS_PORT);
        if (port.isPresent()) {
            pages = new StatusConnector(server, options, port.getAsInt(), clients);
            bound.add(pages.open(configuration, descriptors));
        }
        return bound;
    }

    ServerConnector clients() {
        return clients.jetty();
    }

    /** Nothing where the pages have no listener of their own. */
    Optional<ServerConnector> pages() {
        return Optional.ofNullable(pages).map(StatusConnector::jetty);
    }

    /** Frees the addresses of a server that did not start. */
    void close() {
        clients.close();
        if (pages != null) {
            pages.close();
        }
    }
}
