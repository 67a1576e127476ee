package dev.weir.proxy;

import dev.weir.exchange.Clock;
import dev.weir.exchange.Home;
import dev.weir.upstream.UpstreamClient;

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
        HeadLimits limits) {

    /** Bytes of the heads to and from upstreams, for the sentences of refusals. */
    record HeadLimits(int maxRequestHeadersSize, int maxResponseHeadersSize) {}
}
