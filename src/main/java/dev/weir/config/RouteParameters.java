package dev.weir.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of one route: init-param {@code NAME} of its servlet, system property {@code weir.SERVLET.NAME},
 * environment variable {@code WEIR_SERVLET_NAME}. Names that Jetty's ProxyServlet has, too, mean the same here.
 */
public final class RouteParameters {
    /** Empty: the route answers 503 {@code unconfigured}. */
    public static final Parameter<Optional<ProxyTo>> PROXY_TO = new Parameter<>(
            "proxyTo",
            "none",
            Format.orNone(ProxyTo.FORMAT),
            "The upstream's base URL; h2c:// and h2:// for HTTP/2; each placeholder takes a segment of the path behind the prefix. Without one the"
                    + " route answers 503.");

    /** None by default: a route whose destination is not fixed leads nowhere until it is told where it may. */
    public static final Parameter<Destinations> ALLOW = new Parameter<>(
            "allow",
            "none",
            Destinations.FORMAT,
            "The destinations that a route may have whose proxyTo has placeholders. A private, loopback or other special"
                    + " address has to be listed as an address, whatever name leads to it.");

    /** None by default. */
    public static final Parameter<Destinations> DENY = new Parameter<>(
            "deny", "none", Destinations.FORMAT, "Destinations that it may not have, though allow lists them.");

    /** As set, without a slash at its end; empty stands for the servlet mapping. */
    public static final Parameter<Optional<String>> PREFIX = new Parameter<>(
            "prefix",
            "none",
            Format.orNone(RoutePrefix.FORMAT),
            "What is cut from the path before it goes upstream; none is what the servlet mapping says.");

    /** True by default. */
    public static final Parameter<Boolean> REWRITE = new Parameter<>(
            "rewrite",
            "true",
            Format.flag(),
            "Location, Content-Location, Refresh, Link, and Path and Domain of Set-Cookie are mapped back to the prefix"
                    + " where they name the upstream.");

    /** From 1 to 65,536, 256. */
    public static final Parameter<Integer> MAX_CONNECTIONS =
            new Parameter<>("maxConnections", "256", Format.number(1, 65_536), "Sockets to one destination.");

    /** From 0 to 1,000,000, 1024. */
    public static final Parameter<Integer> MAX_QUEUED = new Parameter<>(
            "maxQueued", "1024", Format.number(0, 1_000_000), "Exchanges that wait for a socket to one destination.");

    /** From 1 ms to 1 h, 5 s. */
    public static final Parameter<Duration> QUEUE_TIMEOUT = new Parameter<>(
            "queueTimeout",
            "5s",
            Format.duration("1ms", "1h"),
            "How long an exchange may wait for a socket while none is being opened for it.");

    /** From 0 to 1 h, 1 s. */
    public static final Parameter<Duration> EXPECT_CONTINUE_TIMEOUT = new Parameter<>(
            "expectContinueTimeout",
            "1s",
            Format.duration("0", "1h"),
            "How long a body that its client holds back waits for the upstream's 100 before it is sent anyway.");

    /** From 1 ms to 24 h, 60 s. */
    public static final Parameter<Duration> RESPONSE_TIMEOUT = new Parameter<>(
            "responseTimeout",
            "60s",
            Format.duration("1ms", "24h"),
            "How long the response head may take after the last byte of the request.");

    /** From 1 ms to 24 h, 60 s. */
    public static final Parameter<Duration> EXCHANGE_IDLE_TIMEOUT = new Parameter<>(
            "exchangeIdleTimeout",
            "60s",
            Format.duration("1ms", "24h"),
            "How long a body may pause, in either direction; fewer than 64 bytes from the client count as a pause.");

    /** From 1 ms to 24 h, 10 min. */
    public static final Parameter<Duration> TUNNEL_IDLE_TIMEOUT = new Parameter<>(
            "tunnelIdleTimeout",
            "10m",
            Format.duration("1ms", "24h"),
            "How long an upgraded connection, such as a WebSocket, or a tunnel made by CONNECT may be without a byte in"
                    + " either direction.");

    /** From 0 to 24 h; 0, the default, is no limit. */
    public static final Parameter<Duration> TIMEOUT = new Parameter<>(
            "timeout",
            "0",
            Format.duration("0", "24h"),
            "How long the whole exchange may take, an upgraded connection included; 0 is no limit.");

    /** False by default. */
    public static final Parameter<Boolean> PRESERVE_HOST = new Parameter<>(
            "preserveHost", "false", Format.flag(), "The client's Host goes upstream instead of the upstream's own.");

    /** Empty: the upstream's own name. */
    public static final Parameter<Optional<String>> HOST_HEADER = new Parameter<>(
            "hostHeader",
            "none",
            Format.orNone(Format.text("a host name or address, with a port if need be", HostText.HOST_AND_PORT)),
            "A Host of its own for what goes upstream.");

    /** A token of RFC 9110 §5.6.2, as a pseudonym in Via must be (§7.6.3). */
    public static final Parameter<String> VIA_HOST = new Parameter<>(
            "viaHost",
            "weir",
            Format.text("a name of letters, digits and !#$%&'*+-.^_`|~", "[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
            "The name that stands for this proxy in Via.");

    /** True by default. */
    public static final Parameter<Boolean> FORWARDED = new Parameter<>(
            "forwarded", "true", Format.flag(), "Forwarded and X-Forwarded-* tell the upstream who the client is.");

    /** None by default. */
    public static final Parameter<ProxyHeader> PROXY_PROTOCOL = new Parameter<>(
            "proxyProtocol",
            "none",
            Format.oneOf(ProxyHeader.class),
            "Upstream connections begin with a PROXY header of this version, which names the client. Each client"
                    + " connection then has upstream connections of its own, and counts as a destination:"
                    + " maxConnections and maxQueued are those of one client, connectionBudget and connectRate those of"
                    + " all, maxDestinations bounds how many there are.");

    /** False by default. */
    public static final Parameter<Boolean> TRACE =
            new Parameter<>("trace", "false", Format.flag(), "TRACE passes instead of being refused with 405.");

    /** None by default: whoever reaches the forward proxy may use it. */
    public static final Parameter<Optional<Path>> PROXY_USERS = new Parameter<>(
            "proxyUsers",
            "none",
            Format.orNone(UserFile.FORMAT),
            "Who may use the launcher's forward proxy, by Basic authentication: a file with bcrypt hashes, read again when it"
                    + " changes.");

    private static final List<Parameter<?>> ALL = List.of(
            PROXY_TO,
            ALLOW,
            DENY,
            PREFIX,
            REWRITE,
            MAX_CONNECTIONS,
            MAX_QUEUED,
            QUEUE_TIMEOUT,
            EXPECT_CONTINUE_TIMEOUT,
            RESPONSE_TIMEOUT,
            EXCHANGE_IDLE_TIMEOUT,
            TUNNEL_IDLE_TIMEOUT,
            TIMEOUT,
            PRESERVE_HOST,
            HOST_HEADER,
            VIA_HOST,
            FORWARDED,
            PROXY_PROTOCOL,
            TRACE,
            PROXY_USERS);

    private RouteParameters() {}

    /** All of them, in the order of the documentation. */
    public static List<Parameter<?>> all() {
        return ALL;
    }
}
