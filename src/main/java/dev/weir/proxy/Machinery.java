package dev.weir.proxy;

import dev.weir.config.AddressRanges;
import dev.weir.config.DestinationRules;
import dev.weir.config.ProxyHeader;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import dev.weir.upstream.UpstreamClient;
import dev.weir.upstream.UpstreamRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;

/**
 * What every exchange uses; one for the web application.
 *
 * @param requestBufferSize bytes of one read from a client
 */
record Machinery(
        UpstreamClient client,
        Home home,
        ServletBuffers buffers,
        Deadlines deadlines,
        Clock clock,
        int requestBufferSize,
        Bounds bounds) {
    /** The request that an exchange sends, without its fields and body yet. */
    UpstreamRequest newRequest(Exchange exchange) {
        HttpServletRequest request = exchange.request();
        UpstreamRequest upstream =
                client.newRequest(exchange.upstream(), request.getMethod(), exchange.upstreamTarget());
        if (exchange.route().isOpen()) {
            DestinationRules rules = DestinationRules.of(exchange.route());
            if (exchange.isConnect()) {
                upstream.withinAsTunnel(rules);
            } else {
                upstream.within(rules);
            }
            return upstream;
        }
        ProxyHeader header = exchange.route().values().get(RouteParameters.PROXY_PROTOCOL);
        if (header != ProxyHeader.NONE) {
            upstream.introduce(
                    header,
                    socket(request.getRemoteAddr(), request.getRemotePort()),
                    socket(request.getLocalAddr(), request.getLocalPort()));
        }
        return upstream;
    }

    /** Null where a container's own filter has put a name in the address's place: nothing here asks the resolver. */
    private static InetSocketAddress socket(String address, int port) {
        return AddressRanges.address(address)
                .map(known -> new InetSocketAddress(known, port))
                .orElse(null);
    }

    /**
     * The shared bounds that every exchange is under, and who stands between it and its upstream.
     *
     * @param maxResponseHeadersSize bytes of a head from an upstream
     * @param resolveNanos for the look-up of a name
     * @param connectNanos for the opening of a socket
     * @param secureNanos for a TLS handshake
     * @param through {@code upstreamProxy}, empty where there is none
     */
    record Bounds(int maxResponseHeadersSize, long resolveNanos, long connectNanos, long secureNanos, String through) {
        /** How long an exchange may be in a phase before anything is sent. */
        long nanosBeforeSending(Phase phase, Values route) {
            return switch (phase) {
                case RESOLVING -> resolveNanos;
                case CONNECTING -> connectNanos;
                case SECURING -> secureNanos;
                default -> route.get(RouteParameters.QUEUE_TIMEOUT).toNanos();
            };
        }

        static Bounds of(Values shared) {
            return new Bounds(
                    shared.get(SharedParameters.MAX_RESPONSE_HEADERS_SIZE),
                    shared.get(SharedParameters.RESOLVE_TIMEOUT).toNanos(),
                    shared.get(SharedParameters.CONNECT_TIMEOUT).toNanos(),
                    shared.get(SharedParameters.TLS_HANDSHAKE_TIMEOUT).toNanos(),
                    shared.get(SharedParameters.UPSTREAM_PROXY)
                            .map(Object::toString)
                            .orElse(""));
        }
    }
}
