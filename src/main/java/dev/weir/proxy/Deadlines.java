package dev.weir.proxy;

import dev.weir.exchange.Report;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One timer for all exchanges in flight; it wakes at the earliest deadline among them.
 *
 * <p>Threads: any; {@link Relay#onDeadline} is called by the scheduler's.
 */
final class Deadlines extends CyclicTimeouts<Relay> {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

    Deadlines(Scheduler scheduler) {
        super(scheduler);
    }

    /** Watches an exchange until {@link #remove}. */
    void add(Relay relay) {
        relays.add(relay);
        schedule(relay);
    }

    void remove(Relay relay) {
        relays.remove(relay);
    }

    /** The exchanges in flight. */
    Iterable<Relay> all() {
        return relays;
    }

    /** What there is to tell of them. */
    Stream<Report> reports() {
        return relays.stream().map(relay -> relay.exchange().report());
    }

    /** Cuts what would not end by itself: the application stops. */
    void cutTunnels() {
        relays.forEach(Relay::cutTunnel);
    }

    @Override
    protected Iterator<Relay> iterator() {
        return relays.iterator();
    }

    @Override
    protected boolean onExpired(Relay relay) {
        try {
            relay.onDeadline();
        } catch (RuntimeException bug) {
            // One exchange must not stop the timer of all others.
            LOG.error("A deadline failed inside Weir", bug);
        }
        return false;
    }
}
