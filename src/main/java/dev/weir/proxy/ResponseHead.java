package dev.weir.proxy;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Refusal;
import dev.weir.exchange.TransferCodings;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;

/**
 * The head of an upstream's response on its way to the client: whether it may go on, and through the filters' other halves.
 *
 * <p>Threads: the one that reads the upstream's answer.
 */
final class ResponseHead {
    private final Exchange exchange;
    private final Machinery machinery;

    ResponseHead(Exchange exchange, Machinery machinery) {
        this.exchange = exchange;
        this.machinery = machinery;
    }

    /** Takes a final one, or a 101, through the filters; says why it may not go on, null where it may. */
    Refusal take(Response response) {
        if (ProtocolSwitch.is(response) && !ProtocolSwitch.isAskedFor(exchange, response)) {
            return failures().unaskedSwitch();
        }
        if (TransferCodings.areForeign(response.getHeaders())) {
            return failures().foreignCoding();
        }
        Refusal refusal = filter(response);
        return refusal != null || isCarried()
                ? refusal
                : failures().headTooLargeHere(machinery.home().maxResponseHeadBytes(exchange));
    }

    private Failures failures() {
        return new Failures(machinery, exchange);
    }

    /** Takes an interim one through the filters; says why it failed there, null where it did not. */
    Refusal filter(Response response) {
        try {
            exchange.responseHead(
                    response.getStatus(), response.getVersion().asString(), HttpFields.build(response.getHeaders()));
            return null;
        } catch (RuntimeException bug) {
            return Failures.internal(bug);
        }
    }

    /** Whether the client's connector carries what the filters have made of it. */
    boolean isCarried() {
        return exchange.clientHeadBytes() <= machinery.home().maxResponseHeadBytes(exchange);
    }
}
