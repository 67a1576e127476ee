package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.limits.Descriptors;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;

/**
 * A listener of the launcher's, with the protocol settings that {@code jetty-config} gives an external Jetty, too. Whatever
 * it is for, heads that do not get ready are cut, and who is one too many waits to be accepted.
 */
abstract class Listener {
    private static final String SETTINGS = "etc/weir-http.xml";
    /** What a client's head has beyond the fields that go upstream; the default in the file includes it. */
    private static final int REQUEST_LINE_BYTES = 2048;
    /** What Weir adds to an upstream's head; the default in the file includes it. */
    private static final int OWN_FIELDS_BYTES = 4096;

    /** With none, a selector would spin when descriptors run out; one waits a second and goes on. */
    static final int ACCEPTORS = 1;
    /** Clients that the kernel keeps for us while none is accepted; it may have a lower bound of its own. */
    private static final int ACCEPT_QUEUE = 1024;

    private final Options options;
    private final String portName;
    private final HttpConfiguration http = new HttpConfiguration();
    private final ServerConnector jetty;

    /**
     * @param portName what a user sets to change the port
     */
    Listener(Options options, int port, String portName, ServerConnector jetty) {
        this.options = options;
        this.portName = portName;
        this.jetty = jetty;
        jetty.setHost(options.host());
        jetty.setPort(port);
        jetty.getServer().addConnector(jetty);
    }

    /** Gives the listener what it speaks. */
    abstract void install(Protocols protocols, Values shared) throws StartFailedException;

    /** How many it accepts. */
    abstract ClientLimit limit(Descriptors descriptors);

    /** Applies the values in force and binds the address; nothing is accepted until the server starts. */
    InetSocketAddress open(Configuration configuration, Descriptors descriptors) throws StartFailedException {
        Thread thread = Thread.currentThread();
        ClassLoader webApplications = thread.getContextClassLoader();
        thread.setContextClassLoader(
                Listener.class.getClassLoader()); // web applications do not see the server's classes
        try {
            configure(configuration.shared());
            install(new Protocols(http, options.tls()), configuration.shared());
        } finally {
            thread.setContextClassLoader(webApplications);
        }
        bound(configuration.shared(), limit(descriptors));
        try {
            jetty.open();
            return (InetSocketAddress) ((ServerSocketChannel) jetty.getTransport()).getLocalAddress();
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

    /** Once: it is opened once. */
    private void bound(Values shared, ClientLimit limit) {
        jetty.setAcceptQueueSize(ACCEPT_QUEUE);
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
        String address = options.host() + ":" + jetty.getPort();
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
                        "port " + jetty.getPort() + " of " + options.host()
                                + " is in use by another process; stop that one, or choose another " + portName
                                + " (0 picks a free one).",
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
