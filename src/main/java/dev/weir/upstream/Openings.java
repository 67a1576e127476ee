package dev.weir.upstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.client.transport.HttpExchange;

/**
 * The connections of one destination that are on their way, in the order in which they began, and which of the waiting
 * exchanges each is for: the first of the one is for the first of the other, as many as it is expected to serve at once.
 *
 * <p>Threads: any.
 */
final class Openings {
    private final Share share;
    private final List<Opening> all = new ArrayList<>();

    Openings(Share share) {
        this.share = share;
    }

    synchronized void begin(Opening opening) {
        all.add(opening);
    }

    synchronized void end(Opening opening) {
        all.remove(opening);
    }

    /** Ends one, and gives those of the waiting exchanges that it was for. */
    synchronized List<HttpExchange> end(Opening opening, Collection<HttpExchange> waiting) {
        int each = share.perSocket;
        long before = (long) all.indexOf(opening) * each;
        all.remove(opening);
        return waiting.stream().skip(before).limit(each).toList();
    }

    /** Tells the waiting exchanges how far the connections are that are being opened for them. */
    synchronized void tell(Collection<HttpExchange> waiting) {
        if (all.isEmpty()) {
            return; // as mostly: the queue's iterator is a copy of it
        }
        Iterator<HttpExchange> next = waiting.iterator();
        for (Opening opening : all) {
            for (int i = 0; i < share.perSocket && next.hasNext(); i++) {
                ((UpstreamRequest) next.next().getRequest()).enter(opening);
            }
        }
    }
}
