package dev.weir.proxy;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import dev.weir.exchange.Refusal;
import dev.weir.exchange.TransferCodings;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The head of an upstream's response on its way to the client: whether it may go on, and through the filters' other halves.
 *
 * <p>Threads: the one that reads the upstream's answer.
 */
final class ResponseHead {
    private final Exchange exchange;
    private final Home home;
    private final Failures failures;

    ResponseHead(Exchange exchange, Home home, Failures failures) {
        this.exchange = exchange;
        this.home = home;
        this.failures = failures;
    }

    /** Takes a final one, or a 101, through the filters; says why it may not go on, null where it may. */
    Refusal take(Response response) {
        if (ProtocolSwitch.is(response) && !ProtocolSwitch.isAskedFor(exchange, response)) {
            return failures.unaskedSwitch();
        }
        HttpFields fields = response.getHeaders();
        if (fields.getField(HttpHeader.TRANSFER_ENCODING) != null
                && TransferCodings.areForeign(
                        fields.getValuesList(HttpHeader.TRANSFER_ENCODING).iterator())) {
            return failures.foreignCoding();
        }
        Refusal refusal = filter(response);
        return refusal != null || isCarried()
                ? refusal
                : failures.headTooLargeHere(home.maxResponseHeadBytes(exchange));
    }

    /** Takes an interim one through the filters; says why it failed there, null where it did not. */
    Refusal filter(Response response) {
        try {
            exchange.responseHead(
                    response.getStatus(),
                    response.getVersion().asString().substring("HTTP/".length()),
                    HttpFields.build(response.getHeaders()));
            return null;
        } catch (RuntimeException bug) {
            return Failures.internal(bug);
        }
    }

    /** Whether the client's connector carries what the filters have made of it. */
    boolean isCarried() {
        return exchange.clientHeadBytes() <= home.maxResponseHeadBytes(exchange);
    }
}
