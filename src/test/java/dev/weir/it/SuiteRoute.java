package dev.weir.it;

import dev.weir.wire.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.stream.Stream;

/**
 * The routes of the behaviour suite. Each leads to an upstream of its own, which listens as long as the tests run, so
 * that what one test leaves in a pool is no other's.
 */
public enum SuiteRoute {
    /** Straight to an upstream without a base path. */
    PLAIN("/plain", ""),
    /** To an upstream with a base path. */
    APP("/app", "/app"),
    /** With two segments on either side. */
    NESTED("/nest/ed", "/base/path"),
    /** Maps nothing back. */
    AS_IS("/asis", "/app", "rewrite", "false"),
    /** Sends the client's {@code Host} on. */
    PRESERVED_HOST("/host", "/app", "preserveHost", "true"),
    /** Sends a {@code Host} of its own. */
    FIXED_HOST("/fixed", "/app", "hostHeader", "fixed.test:8443"),
    /** Has its own name in {@code Via}. */
    NAMED_VIA("/viahost", "", "viaHost", "edge-1"),
    /** Tells the upstream nothing of the client. */
    SILENT("/silent", "", "forwarded", "false"),
    /** Tells the upstream in a PROXY header of version 1 who the client is. */
    INTRODUCED("/introduced", "", "proxyProtocol", "v1"),
    /** Tells it in one of version 2. */
    INTRODUCED_V2("/introduced2", "", "proxyProtocol", "v2"),
    /** Tells it below TLS. */
    INTRODUCED_TLS("/introducedtls", "https", new Origin(), "proxyProtocol", "v1"),
    /** Lets TRACE pass. */
    TRACED("/traced", "", "trace", "true"),
    /** Has a second for the head and for each pause. */
    QUICK("/quick", "", "responseTimeout", "1s", "exchangeIdleTimeout", "1s"),
    /** Has a second for everything. */
    TOTAL("/total", "", "timeout", "1s"),
    /** Has a second for each pause of an upgraded connection, and of nothing else. */
    QUICK_TUNNEL("/quicktunnel", "", "tunnelIdleTimeout", "1s"),
    /** One connection, and two exchanges that wait for it. */
    NARROW("/narrow", "", "maxConnections", "1", "maxQueued", "2"),
    /** One connection, and a second to wait for it. */
    HURRIED("/hurried", "", "maxConnections", "1", "queueTimeout", "1s"),
    /** Many connections, and one exchange that waits for one. */
    WIDE("/wide", "", "maxConnections", "64", "maxQueued", "1"),
    /** To an {@code https} upstream whose certificate is trusted. */
    TLS("/tls", new Origin(SuiteCertificates.TRUSTED.context()), ""),
    /** To one whose trusted certificate is for another name. */
    TLS_OTHER_NAME("/tlsname", new Origin(SuiteCertificates.OTHER_NAME.context()), ""),
    /** To one whose certificate nobody here has heard of. */
    TLS_UNTRUSTED("/tlsbad", new Origin(SuiteCertificates.UNTRUSTED.context()), ""),
    /** To an upstream that is said to speak TLS and does not; has a second for each pause. */
    TLS_SPOKEN_TO_PLAIN("/tlsplain", "https", new Origin(), "exchangeIdleTimeout", "1s"),
    /** To a port on which nobody listens, and nobody will. */
    DEAD("/dead", URI.create("http://127.0.0.1:" + Deaf.port())),
    /** To a name that does not resolve, and never will (RFC 6761 §6.4). */
    NAMELESS("/nameless", URI.create("http://name.invalid:80")),
    /** To a listener that takes no more connections: the kernel answers none of their packets. */
    SATURATED("/saturated", URI.create("http://127.0.0.1:" + Hanging.LISTENER.port()));

    private final RouteSpec spec;
    private final Origin origin;

    SuiteRoute(String prefix, String basePath, String... params) {
        this(prefix, new Origin(), basePath, params);
    }

    SuiteRoute(String prefix, Origin origin, String basePath, String... params) {
        RouteSpec route = RouteSpec.to(prefix, URI.create(origin.uri() + basePath));
        for (int i = 0; i < params.length; i += 2) {
            route = route.with(params[i], params[i + 1]);
        }
        this.spec = route;
        this.origin = origin;
    }

    SuiteRoute(String prefix, String scheme, Origin origin, String parameter, String value) {
        URI uri = URI.create(scheme + "://" + origin.uri().getAuthority());
        this.spec = RouteSpec.to(prefix, uri).with(parameter, value);
        this.origin = origin;
    }

    SuiteRoute(String prefix, URI nobody) {
        this.spec = RouteSpec.to(prefix, nobody);
        this.origin = null;
    }

    /** {@code /app}: what stands between the context path and the remainder. */
    public String prefix() {
        return spec.prefix();
    }

    /** The upstream's base path, empty where it has none. */
    public String basePath() {
        return URI.create(spec.proxyTo()).getRawPath();
    }

    /** {@code host:port} of the upstream. */
    public String authority() {
        return URI.create(spec.proxyTo()).getAuthority();
    }

    /** The upstream; not for {@link #DEAD}. */
    public Origin origin() {
        if (origin == null) {
            throw new IllegalStateException(this + " has no upstream");
        }
        return origin;
    }

    /** Closes what a test left open towards the upstream. */
    void startOver() {
        if (origin != null) {
            origin.startOver();
        }
    }

    static RouteSpec[] specs() {
        return Stream.of(values()).map(route -> route.spec).toArray(RouteSpec[]::new);
    }

    /** Keeps a port taken that refuses connections: bound, but not listening. */
    private static final class Deaf {
        private static final Socket SOCKET = new Socket();

        static int port() {
            try {
                SOCKET.bind(new InetSocketAddress("127.0.0.1", 0));
                return SOCKET.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Keeps the listener that hangs. */
    private static final class Hanging {
        private static final Saturated LISTENER = new Saturated();
    }
}
