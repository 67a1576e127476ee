package dev.weir.boot;

import dev.weir.config.AddressRanges;
import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.limits.Descriptors;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;

/** The launcher's one listener, with the protocol settings that {@code jetty-config} gives an external Jetty, too. */
final class Connector {
    private static final String SETTINGS = "etc/weir-http.xml";
    /** What a client's head has beyond the fields that go upstream; the default in the file includes it. */
    private static final int REQUEST_LINE_BYTES = 2048;
    /** What Weir adds to an upstream's head; the default in the file includes it. */
    private static final int OWN_FIELDS_BYTES = 4096;

    /** With none, a selector would spin when descriptors run out; one waits a second and goes on. */
    private static final int ACCEPTORS = 1;
    /** Clients that the kernel keeps for us while none is accepted; it may have a lower bound of its own. */
    private static final int ACCEPT_QUEUE = 1024;

    private static final int SELECTORS_BY_CORES = -1;

    private final Options options;
    private final HttpConfiguration http = new HttpConfiguration();
    private final ServerConnector jetty;

    Connector(Server server, Options options) {
        this.options = options;
        this.jetty = new ServerConnector(server, null, null, null, ACCEPTORS, SELECTORS_BY_CORES);
        jetty.setHost(options.host());
        jetty.setPort(options.port());
        server.addConnector(jetty);
    }

    /** Applies the values in force and binds the address; nothing is accepted until the server starts. */
    InetSocketAddress open(Configuration configuration, Descriptors descriptors) throws StartFailedException {
        Thread thread = Thread.currentThread();
        ClassLoader webApplications = thread.getContextClassLoader();
        thread.setContextClassLoader(
                Connector.class.getClassLoader()); // web applications do not see the server's classes
        try {
            configure(configuration.shared());
            new Protocols(http, options.tls()).installOn(jetty);
            AddressRanges senders = configuration.shared().get(SharedParameters.PROXY_PROTOCOL_FROM);
            if (!senders.isEmpty()) {
                ProxyProtocol.installOn(jetty, senders);
            }
        } finally {
            thread.setContextClassLoader(webApplications);
        }
        limit(configuration.shared(), descriptors);
        try {
            jetty.open();
            return (InetSocketAddress) ((java.nio.channels.ServerSocketChannel) jetty.getTransport()).getLocalAddress();
        } catch (IOException | UnresolvedAddressException cause) {
            throw failure(cause);
        }
    }

    private void configure(Values shared) {
        jetty.setIdleTimeout(shared.get(SharedParameters.CLIENT_IDLE_TIMEOUT).toMillis());
        int request = shared.get(SharedParameters.MAX_REQUEST_HEADERS_SIZE) + REQUEST_LINE_BYTES;
        int response = shared.get(SharedParameters.MAX_RESPONSE_HEADERS_SIZE) + OWN_FIELDS_BYTES;
        apply(Map.of(
                "jetty.httpConfig.requestHeaderSize", Integer.toString(request),
                "jetty.httpConfig.maxResponseHeaderSize", Integer.toString(response)));
    }

    /** Once: the connector is opened once. */
    private void limit(Values shared, Descriptors descriptors) {
        jetty.setAcceptQueueSize(ACCEPT_QUEUE);
        ClientLimit limit = new ClientLimit(jetty, descriptors);
        jetty.addBean(limit);
        http.addCustomizer(limit);
        jetty.addBean(new ClientSweep(jetty, limit, shared.get(SharedParameters.HEAD_TIMEOUT)));
    }

    private void apply(Map<String, String> properties) {
        try (ResourceFactory.Closeable resources = ResourceFactory.closeable()) {
            new XmlConfiguration(options.installation().jettyConfig(resources, SETTINGS), null, properties)
                    .configure(http);
        } catch (Exception cause) {
            throw new IllegalStateException("the connector's settings, " + SETTINGS + ", are not readable", cause);
        }
    }

    private StartFailedException failure(Exception cause) {
        String address = options.host() + ":" + options.port();
        Throwable root = cause instanceof IOException && cause.getCause() != null ? cause.getCause() : cause;
        if (root instanceof UnresolvedAddressException) {
            return StartFailedException.misconfigured(
                    "--host " + options.host() + " is no name that resolves; expected an address of this machine.",
                    cause);
        }
        if (!(root instanceof BindException)) {
            String reason = root instanceof SocketException ? " (a port below 1024 takes privileges)" : "";
            return StartFailedException.atRunTime(
                    "cannot listen on " + address + ": " + root.getMessage() + reason + ".", cause);
        }
        return String.valueOf(root.getMessage()).contains("assign")
                ? StartFailedException.misconfigured(
                        "--host " + options.host() + " is no address of this machine.", cause)
                : StartFailedException.atRunTime(
                        "port " + options.port() + " of " + options.host()
                                + " is in use by another process; stop that one, or choose another --port (0 picks a free one).",
                        cause);
    }

    ServerConnector jetty() {
        return jetty;
    }

    /** Frees the address of a server that did not start. */
    void close() {
        jetty.close();
    }
}
