package dev.weir.boot;

import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.limits.Descriptors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The listener of {@code statusPort}, for the pages alone. It shares nothing with the one for clients that those could use
 * up: it has threads of its own, and its few connections are within the descriptors' reserve.
 */
final class StatusConnector extends Listener {
    static final String PORT = "weir." + SharedParameters.STATUS_PORT.name();

    /** Connections at once; half of the smallest reserve that can be set. */
    static final int CONNECTIONS = 8;

    private static final int SELECTORS = 1;
    /** One for each connection, the acceptor's, the selector's and two to spare. */
    private static final int THREADS = CONNECTIONS + 4;

    private final Connector clients;

    /** @param clients whose protocols it speaks, with the same certificate */
    StatusConnector(Server server, Options options, int port, Connector clients) {
        super(options, port, PORT, new ServerConnector(server, threads(), null, null, ACCEPTORS, SELECTORS));
        this.clients = clients;
        jetty().setName(PORT);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("weir-status");
        threads.setReservedThreads(0);
        return threads;
    }

    @Override
    void install(Protocols protocols, Values shared) {
        protocols.installBeside(clients.jetty(), jetty());
    }

    @Override
    ClientLimit limit(Descriptors descriptors) {
        return ClientLimit.ofPages(jetty(), descriptors, CONNECTIONS);
    }
}
