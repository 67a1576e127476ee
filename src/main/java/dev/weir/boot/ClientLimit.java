package dev.weir.boot;

import dev.weir.limits.Descriptors;
import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections of a listener. For clients: at {@code maxClients}, or while less than half of the descriptors'
 * reserve is free, the connector accepts nobody; who comes then waits in the kernel's queue. As long as it is crowded, each answer closes its
 * connection, so that those who wait get their turn.
 *
 * <p>Threads: the acceptor, the selectors, those of requests, and the sweep's.
 *
 * <p>Race: the bound is exact, for the one acceptor is told in its own thread before it accepts again. When descriptors
 * run out, it may be waiting inside {@code accept}, and then takes one more.
 */
final class ClientLimit implements SelectorManager.AcceptListener, HttpConfiguration.Customizer {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLimit.class);

    private final ServerConnector connector;
    private final Descriptors descriptors;
    private final int max;
    private final BooleanSupplier scarce;
    private final String advice;
    /** Each counts once, however often its end is told. */
    private final Set<SelectableChannel> channels = ConcurrentHashMap.newKeySet();
    /** Closed, and still open to the system: a selector lets go of a channel's descriptor when it selects again. */
    private final Set<SelectableChannel> closing = ConcurrentHashMap.newKeySet();

    private final AtomicInteger count = new AtomicInteger();
    private volatile long accepted;
    private volatile boolean accepting = true;
    private boolean told;
    private volatile boolean crowded;

    private ClientLimit(
            ServerConnector connector, Descriptors descriptors, int max, BooleanSupplier scarce, String advice) {
        this.connector = connector;
        this.descriptors = descriptors;
        this.max = max;
        this.scarce = scarce;
        this.advice = advice;
    }

    /** For clients, who leave the reserve alone. */
    static ClientLimit ofClients(ServerConnector connector, Descriptors descriptors) {
        return new ClientLimit(
                connector,
                descriptors,
                descriptors.limits().maxClients(),
                descriptors::isScarce,
                "weir.maxClients and ulimit -n decide");
    }

    /** For those who read the pages: a few, for whom the reserve is there. */
    static ClientLimit ofPages(ServerConnector connector, Descriptors descriptors, int max) {
        return new ClientLimit(connector, descriptors, max, () -> false, "these are those of weir.statusPort");
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        if (channels.add(channel)) {
            descriptors.opened();
            accepted++; // by the one acceptor
            count.incrementAndGet();
            update();
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        leave(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        leave(channel);
    }

    private void leave(SelectableChannel channel) {
        if (channels.remove(channel)) {
            closing.add(channel);
            update();
        }
    }

    private void settle() {
        for (SelectableChannel channel : closing) {
            if (!channel.isRegistered() && closing.remove(channel)) {
                descriptors.closed();
                count.decrementAndGet();
            }
        }
    }

    /** Accepts or not, by what is measured now. */
    synchronized void update() {
        settle();
        boolean room = count.get() < max && !scarce.getAsBoolean();
        if (room != accepting) {
            accepting = room;
            connector.setAccepting(room);
        }
        if (!room) {
            crowded = true;
            tell();
        } else if (count.get() < max - max / 8) {
            crowded = false;
        }
    }

    /** Once: a busy day would fill the log. */
    private void tell() {
        if (!told) {
            told = true;
            LOG.warn(
                    "{} of {} client connections are open, {} descriptors in all: further clients wait to be accepted,"
                            + " and answers close their connections; {}. Told once.",
                    count.get(),
                    max,
                    descriptors.open(),
                    advice);
        }
    }

    /** Clients so far. */
    long accepted() {
        return accepted;
    }

    /** Whether who comes is accepted, so that soon nobody waits. */
    boolean isAccepting() {
        return accepting;
    }

    /** Since a bound was reached, and until an eighth of {@code maxClients} is free again. */
    boolean isCrowded() {
        return crowded;
    }

    /**
     * An upgrade keeps its connection: it is not an answer that ends. In HTTP/2 the field does not go out, and the sweep
     * sends a GOAWAY.
     */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (!closing.isEmpty()) {
            update();
        }
        String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
        if (crowded && (upgrade == null || upgrade.equalsIgnoreCase(Http2.CLEAR))) {
            responseHeaders.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        return request;
    }
}
