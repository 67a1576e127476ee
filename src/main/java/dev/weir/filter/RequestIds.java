package dev.weir.filter;

import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;

/**
 * Gives requests an id where the access log wants one: the client's {@code X-Request-Id} where it is one and sane, else one
 * that is made. Half of a made one is this run's own, random once; the other half never comes twice in it, and looks
 * random so that sampling and sharding by it work.
 *
 * <p>Threads: any.
 */
final class RequestIds {
    private final String ours;
    private final AtomicLong next;

    RequestIds() {
        SecureRandom random = new SecureRandom();
        ours = hex(random.nextLong());
        next = new AtomicLong(random.nextLong());
    }

    /** Sends the id along, so that the upstream's log and ours can be put together. */
    void addTo(Exchange exchange, HttpFields.Mutable fields) {
        ClientRequest client = exchange.report().client().orElse(null);
        if (client == null) {
            return; // no log, no id
        }
        if (client.requestId() == null) {
            String id = made();
            exchange.report().keep(client.withRequestId(id));
            fields.put(ClientRequest.REQUEST_ID, id);
        } else if (!fields.contains(ClientRequest.REQUEST_ID)) {
            fields.add(ClientRequest.REQUEST_ID, client.requestId()); // the client's Connection named it
        }
    }

    /** 32 hexadecimal digits. */
    String made() {
        return ours + hex(mixed(next.getAndIncrement()));
    }

    /** One to one, so that what never repeats stays so (the finalizer of MurmurHash3). */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    private static String hex(long number) {
        return HexFormat.of().toHexDigits(number);
    }
}
