package dev.weir.upstream;

import dev.weir.config.AddressRanges;
import dev.weir.config.DestinationRules;
import dev.weir.config.DestinationRules.Verdict;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jetty.client.Origin;

/**
 * Holds the addresses of one destination to the rules of the route that named it: those that its name resolves to, before
 * any is tried, and the one that a socket is connected to, before a byte is sent. What a name led to a moment ago, when
 * somebody else looked, counts for nothing.
 *
 * <p>A destination that a route's configuration fixes is not checked: it may be anywhere.
 *
 * <p>Threads: immutable.
 */
final class DestinationCheck {
    private static final DestinationCheck NONE = new DestinationCheck(null, "", 0, any -> false);

    private final DestinationRules rules;
    private final String host;
    private final int port;
    private final Predicate<InetSocketAddress> own;

    private DestinationCheck(DestinationRules rules, String host, int port, Predicate<InetSocketAddress> own) {
        this.rules = rules;
        this.host = host;
        this.port = port;
        this.own = own;
    }

    /** That of a destination. */
    static DestinationCheck of(Origin origin, Predicate<InetSocketAddress> own) {
        if (!(origin.getTag() instanceof RouteTag tag)) {
            return NONE;
        }
        Origin.Address named = origin.getAddress();
        return new DestinationCheck(tag.rules(), AddressRanges.literal(named.getHost()), named.getPort(), own);
    }

    /** Whether a client named it. */
    boolean isNeeded() {
        return rules != null;
    }

    /**
     * Those of a name's addresses that may be tried, in their order.
     *
     * @throws DestinationDeniedException where none is; the reason is that of the first
     */
    List<InetSocketAddress> admitted(List<InetSocketAddress> resolved) throws DestinationDeniedException {
        if (rules == null) {
            return resolved;
        }
        List<InetSocketAddress> admitted = new ArrayList<>(resolved.size());
        DestinationDeniedException first = null;
        for (InetSocketAddress address : resolved) {
            try {
                verify(address);
                admitted.add(address);
            } catch (DestinationDeniedException denied) {
                first = first == null ? denied : first;
            }
        }
        if (admitted.isEmpty() && first != null) {
            throw first;
        }
        return admitted;
    }

    /**
     * That a socket is where it may be.
     *
     * @throws DestinationDeniedException where it is not, or nobody can say where it is
     */
    void verify(SocketAddress remote) throws DestinationDeniedException {
        if (rules == null) {
            return;
        }
        if (!(remote instanceof InetSocketAddress socket) || socket.isUnresolved()) {
            throw new DestinationDeniedException(rules, Verdict.NOT_LISTED);
        }
        Verdict verdict = rules.ofAddress(host, port, socket.getAddress());
        if (verdict != Verdict.ALLOWED) {
            throw new DestinationDeniedException(rules, verdict);
        }
        if (own.test(socket)) {
            throw new DestinationDeniedException(rules, null);
        }
    }
}
