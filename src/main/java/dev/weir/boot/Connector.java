package dev.weir.boot;

import dev.weir.config.AddressRanges;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.limits.Descriptors;
import org.eclipse.jetty.server.Server;

/** The listener of {@code --port}, for clients. */
final class Connector extends Listener {
    /** A core each, for they run whatever does not block. */
    static final int SELECTORS = Runtime.getRuntime().availableProcessors();

    Connector(Server server, Options options) {
        super(options, options.port(), "--port", new SharedConnector(server, ACCEPTORS, SELECTORS));
    }

    @Override
    void install(Protocols protocols, Values shared) throws StartFailedException {
        protocols.installOn(jetty());
        AddressRanges senders = shared.get(SharedParameters.PROXY_PROTOCOL_FROM);
        if (!senders.isEmpty()) {
            ProxyProtocol.installOn(jetty(), senders);
        }
    }

    @Override
    ClientLimit limit(Descriptors descriptors) {
        return ClientLimit.ofClients(jetty(), descriptors);
    }
}
