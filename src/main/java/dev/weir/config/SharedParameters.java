package dev.weir.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parameters that hold for the whole web application: context-param and system property {@code weir.NAME},
 * environment variable {@code WEIR_NAME}.
 */
public final class SharedParameters {
    /** From 1 to 65,536; empty is {@code auto}, a third of the descriptors that are usable. */
    public static final Parameter<OptionalInt> CONNECTION_BUDGET = new Parameter<>(
            "connectionBudget",
            "auto",
            Format.numberOrAuto(1, 65_536),
            "Upstream sockets in all: pooled, in use and being opened; auto is a third of the usable descriptors.");

    /** From 1 ms to 1 h, 30 s. */
    public static final Parameter<Duration> IDLE_TIMEOUT = new Parameter<>(
            "idleTimeout", "30s", Format.duration("1ms", "1h"), "How long an idle pooled upstream socket is kept.");

    /** At most so many; auto is the connection budget, which bounds them anyway. */
    public static final Parameter<OptionalInt> MAX_IDLE_CONNECTIONS = new Parameter<>(
            "maxIdleConnections",
            "auto",
            Format.numberOrAuto(0, 65_536),
            "Idle pooled upstream sockets in all, the least recently used goes first; auto is the connection budget.");

    /** From 1 s to 24 h, 5 min. */
    public static final Parameter<Duration> MAX_CONNECTION_AGE = new Parameter<>(
            "maxConnectionAge",
            "5m",
            Format.duration("1s", "24h"),
            "How old a pooled upstream socket may become; it is closed when its exchange has ended.");

    /** At least 1; empty is no limit. */
    public static final Parameter<OptionalInt> MAX_CONNECTION_USES = new Parameter<>(
            "maxConnectionUses",
            "unlimited",
            Format.numberOr("unlimited", 1, 1_000_000),
            "How many exchanges a pooled upstream socket may serve.");

    /** From 1 to 100,000, 1024. */
    public static final Parameter<Integer> MAX_DESTINATIONS = new Parameter<>(
            "maxDestinations",
            "1024",
            Format.number(1, 100_000),
            "Distinct scheme, host and port known at once; the least recently used idle one goes first.");

    /** From 1 s to 24 h, 60 s. */
    public static final Parameter<Duration> DESTINATION_IDLE_TIMEOUT = new Parameter<>(
            "destinationIdleTimeout",
            "60s",
            Format.duration("1s", "24h"),
            "How long a destination without a socket is remembered.");

    /** True by default. */
    public static final Parameter<Boolean> KEEP_ALIVE = new Parameter<>(
            "keepAlive",
            "true",
            Format.flag(),
            "An upstream connection serves many exchanges; with false it serves one, and the upstream closes it first.");

    /** A second and destination; auto is 0.8 of the port range in the 60 s that a port rests. */
    public static final Parameter<OptionalInt> CONNECT_RATE = new Parameter<>(
            "connectRate",
            "auto",
            Format.numberOrAuto(1, 1_000_000),
            "New sockets a second and destination, so that resting ports cannot fill the range; auto is 0.8 of the range"
                    + " in 60 s.");

    /** From 1 ms to 1 h, 10 s; never 0, which would wait for ever. */
    public static final Parameter<Duration> CONNECT_TIMEOUT = new Parameter<>(
            "connectTimeout", "10s", Format.duration("1ms", "1h"), "How long opening an upstream socket may take.");

    /** From 1 ms to 1 h, 10 s. */
    public static final Parameter<Duration> TLS_HANDSHAKE_TIMEOUT = new Parameter<>(
            "tlsHandshakeTimeout",
            "10s",
            Format.duration("1ms", "1h"),
            "How long securing an upstream socket may take, and agreeing on HTTP/2 over it.");

    /** From 1 ms to 1 h, 5 s. */
    public static final Parameter<Duration> RESOLVE_TIMEOUT = new Parameter<>(
            "resolveTimeout", "5s", Format.duration("1ms", "1h"), "How long resolving an upstream's name may take.");

    /** From 0 to 1 h, 30 s; 0 asks for every connection. */
    public static final Parameter<Duration> RESOLVE_TTL = new Parameter<>(
            "resolveTtl",
            "30s",
            Format.duration("0", "1h"),
            "How long an upstream's addresses are used before its name is looked up again; ten times as long where that"
                    + " fails.");

    /** Off by default. */
    public static final Parameter<Boolean> TCP_KEEP_ALIVE = new Parameter<>(
            "tcpKeepAlive", "false", Format.flag(), "The kernel probes idle upstream sockets (SO_KEEPALIVE).");

    /** From 1 to 1,000,000; empty is {@code auto}, a number that follows from the descriptor limit and memory. */
    public static final Parameter<OptionalInt> MAX_IN_FLIGHT = new Parameter<>(
            "maxInFlight", "auto", Format.numberOrAuto(1, 1_000_000), "Exchanges at once, over all routes.");

    /** From 16 to 1,000,000; empty is {@code auto}, a tenth of the descriptor limit, or more where many are open. */
    public static final Parameter<OptionalInt> DESCRIPTOR_RESERVE = new Parameter<>(
            "descriptorReserve",
            "auto",
            Format.numberOrAuto(16, 1_000_000),
            "Descriptors never given to exchanges; while fewer are free, exchanges are refused.");

    /** In bytes, from 1 KiB to 1 MiB, 32 KiB. */
    public static final Parameter<Integer> REQUEST_BUFFER_SIZE = new Parameter<>(
            "requestBufferSize", "32KiB", Format.size("1KiB", "1MiB"), "The most one read from the client takes.");

    /** In bytes, from 1 KiB to 1 MiB, 64 KiB. */
    public static final Parameter<Integer> RESPONSE_BUFFER_SIZE = new Parameter<>(
            "responseBufferSize", "64KiB", Format.size("1KiB", "1MiB"), "The most one read from an upstream takes.");

    /** In bytes, from 1 KiB to 1 MiB, 16 KiB. */
    public static final Parameter<Integer> MAX_REQUEST_HEADERS_SIZE = new Parameter<>(
            "maxRequestHeadersSize", "16KiB", Format.size("1KiB", "1MiB"), "The largest request head sent upstream.");

    /** In bytes, from 1 KiB to 1 MiB, 32 KiB. */
    public static final Parameter<Integer> MAX_RESPONSE_HEADERS_SIZE = new Parameter<>(
            "maxResponseHeadersSize",
            "32KiB",
            Format.size("1KiB", "1MiB"),
            "The largest response head accepted from an upstream.");

    /** Empty: upstreams are asked directly. */
    public static final Parameter<Optional<UpstreamProxy>> UPSTREAM_PROXY = new Parameter<>(
            "upstreamProxy",
            "none",
            Format.orNone(UpstreamProxy.FORMAT),
            "The proxy through which every upstream is reached; the system's own is never followed.");

    /** Empty where the JVM's own trust store decides. */
    public static final Parameter<Optional<Path>> UPSTREAM_CA = new Parameter<>(
            "upstreamCa",
            "none",
            Format.orNone(Format.certificates()),
            "A PEM file with the certificates trusted for https upstreams; none leaves it to the JVM's own.");

    /** Nobody by default. */
    public static final Parameter<AddressRanges> TRUSTED_PEERS = new Parameter<>(
            "trustedPeers",
            "none",
            AddressRanges.FORMAT,
            "The peers whose forwarded headers are believed and appended to; anyone else's are removed and set afresh.");

    /** From 1 to 100, 8. */
    public static final Parameter<Integer> MAX_HOPS = new Parameter<>(
            "maxHops", "8", Format.number(1, 100), "How many Weirs a request may pass before it counts as a loop.");

    /** None by default: the launcher and Tomcat know their listeners themselves. */
    public static final Parameter<SelfAddresses> SELF_ADDRESSES = new Parameter<>(
            "selfAddresses",
            "none",
            SelfAddresses.FORMAT,
            "Further names of this Weir, such as a load balancer's; a proxyTo that leads to one is a loop.");

    /** Starts with a slash and does not end with one. */
    public static final Parameter<String> STATUS_PATH = new Parameter<>(
            "statusPath",
            "/-",
            Format.text(
                    "a path such as /- that starts with / and has no / at its end,"
                            + " of letters, digits and - . _ ~ without dot segments",
                    "(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+"),
            "Where the status pages are, below the web application.");

    /** Loopback by default. */
    public static final Parameter<AddressRanges> STATUS_ALLOW = new Parameter<>(
            "statusAllow",
            "loopback",
            AddressRanges.FORMAT,
            "The clients that may read the status pages; health answers anyone.");

    /** From 0 to 65,535, 0 picks a free one; empty, the default, is none. */
    public static final Parameter<OptionalInt> STATUS_PORT = new Parameter<>(
            "statusPort",
            "off",
            Format.numberOr("off", 0, 65_535),
            "A port of the launcher's for the status pages alone, with 8 connections out of descriptorReserve and threads"
                    + " of its own, so that they answer when the proxy is full; 0 picks a free one.");

    /** From 0 to 1 h, 30 s; 0 does not wait at all. */
    public static final Parameter<Duration> DRAIN_TIMEOUT = new Parameter<>(
            "drainTimeout",
            "30s",
            Format.duration("0", "1h"),
            "How long a stop waits for the exchanges in flight; 0 does not wait.");

    /** Off by default. */
    public static final Parameter<AccessLogFormat> ACCESS_LOG = new Parameter<>(
            "accessLog",
            "off",
            Format.oneOf(AccessLogFormat.class),
            "A line on standard output for each request: Apache's combined format and more, or JSON with the names of the"
                    + " Elastic Common Schema.");

    /** From 1 ms to 24 h, 75 s; the launcher's connector. */
    public static final Parameter<Duration> CLIENT_IDLE_TIMEOUT = new Parameter<>(
            "clientIdleTimeout",
            "75s",
            Format.duration("1ms", "24h"),
            "How long the launcher keeps an idle client connection; keep it above every exchangeIdleTimeout.");

    /** From 1 ms to 1 h, 20 s; the launcher's connector. */
    public static final Parameter<Duration> HEAD_TIMEOUT = new Parameter<>(
            "headTimeout",
            "20s",
            Format.duration("1ms", "1h"),
            "How long a client of the launcher may take for a request head, from its first byte or from connecting.");

    /** From 1 to 1,000,000; empty is {@code auto}, what the reserve and the upstream sockets leave. */
    public static final Parameter<OptionalInt> MAX_CLIENTS = new Parameter<>(
            "maxClients",
            "auto",
            Format.numberOrAuto(1, 1_000_000),
            "Client connections that the launcher keeps; further ones wait to be accepted. A container's connector has a"
                    + " limit of its own.");

    /** Nobody by default; the launcher's connector. */
    public static final Parameter<AddressRanges> PROXY_PROTOCOL_FROM = new Parameter<>(
            "proxyProtocolFrom",
            "none",
            AddressRanges.FORMAT,
            "The peers of the launcher whose connections must begin with a PROXY header, version 1 or 2, and are then the"
                    + " client's that it names. From anyone else such a header is a bad request.");

    /** True by default; see the launcher's {@code OnSelectors}. */
    public static final Parameter<Boolean> NON_BLOCKING = new Parameter<>(
            "nonBlocking",
            "true",
            Format.flag(),
            "Whether the launcher runs requests on the threads that read them, over sockets to upstreams that the same"
                    + " threads read; false for a chain with filters of your own that wait for something.");

    private static final List<Parameter<?>> ALL = List.of(
            CONNECTION_BUDGET,
            IDLE_TIMEOUT,
            MAX_IDLE_CONNECTIONS,
            MAX_CONNECTION_AGE,
            MAX_CONNECTION_USES,
            MAX_DESTINATIONS,
            DESTINATION_IDLE_TIMEOUT,
            KEEP_ALIVE,
            CONNECT_RATE,
            CONNECT_TIMEOUT,
            TLS_HANDSHAKE_TIMEOUT,
            RESOLVE_TIMEOUT,
            RESOLVE_TTL,
            TCP_KEEP_ALIVE,
            MAX_IN_FLIGHT,
            DESCRIPTOR_RESERVE,
            REQUEST_BUFFER_SIZE,
            RESPONSE_BUFFER_SIZE,
            MAX_REQUEST_HEADERS_SIZE,
            MAX_RESPONSE_HEADERS_SIZE,
            UPSTREAM_PROXY,
            UPSTREAM_CA,
            TRUSTED_PEERS,
            MAX_HOPS,
            SELF_ADDRESSES,
            STATUS_PATH,
            STATUS_ALLOW,
            STATUS_PORT,
            DRAIN_TIMEOUT,
            ACCESS_LOG,
            CLIENT_IDLE_TIMEOUT,
            HEAD_TIMEOUT,
            MAX_CLIENTS,
            PROXY_PROTOCOL_FROM,
            NON_BLOCKING);

    private SharedParameters() {}

    /** All of them, in the order of the documentation. */
    public static List<Parameter<?>> all() {
        return ALL;
    }
}
