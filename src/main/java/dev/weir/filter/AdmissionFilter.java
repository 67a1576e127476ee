package dev.weir.filter;

import dev.weir.exchange.Clock;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.limits.Descriptors;
import dev.weir.limits.DestinationShare;
import dev.weir.limits.DestinationShares;
import dev.weir.limits.Drain;
import dev.weir.limits.InFlight;
import java.io.IOException;

/**
 * Bounds what is in flight: takes the permits on the way in, which come back when the exchange ends; and lets nobody in
 * while descriptors run out.
 */
public final class AdmissionFilter extends ChainFilter {
    private static final long serialVersionUID = 1;

    private transient InFlight inFlight;
    private transient DestinationShares shares;
    private transient Descriptors descriptors;
    private transient Drain drain;

    @Override
    public void init() {
        inFlight = shared(InFlight.class);
        shares = shared(DestinationShares.class);
        descriptors = shared(Descriptors.class);
        drain = shared(Drain.class);
    }

    @Override
    protected boolean filter(Exchange exchange) throws IOException {
        Refusal refusal = enter(exchange);
        if (refusal != null) {
            exchange.refuse(refusal);
        }
        return refusal == null;
    }

    /** Null where the exchange may go on; the permits that it got come back at its end in any case. */
    private Refusal enter(Exchange exchange) {
        // The destination's first: who is beyond its share takes no room from the others, not even for a moment.
        DestinationShare share = shares.of(exchange.route());
        if (share != null) {
            if (!share.tryEnter(Clock.SYSTEM.nanoTime())) {
                return destinationFull(share);
            }
            exchange.onEnd(share::leave);
        }
        // Before the drain is asked, so that a drain which waits for zero never misses an exchange that saw no drain.
        if (!inFlight.tryEnter()) {
            return new Refusal(
                    Outcome.IN_FLIGHT_FULL,
                    inFlight.max() + " of " + inFlight.max()
                            + " exchanges are in flight; weir.maxInFlight bounds them.");
        }
        exchange.onEnd(inFlight::leave);
        if (drain.isDraining()) {
            return new Refusal(
                    Outcome.DRAINING,
                    "This instance is stopping; " + (inFlight.count() - 1) + " exchanges are still in flight.");
        }
        return descriptors.isLow() ? descriptorsLow() : null;
    }

    private Refusal destinationFull(DestinationShare share) {
        return new Refusal(
                Outcome.DESTINATION_IN_FLIGHT_FULL,
                share.count() + " of " + inFlight.max()
                        + " exchanges are in flight to this destination alone, which may have "
                        + share.half() + " while others have traffic and " + share.most()
                        + " otherwise; weir.maxInFlight bounds them all.");
    }

    private Refusal descriptorsLow() {
        return new Refusal(
                Outcome.DESCRIPTORS_LOW,
                descriptors.open() + " of " + descriptors.limits().descriptors()
                        + " descriptors are open, and the last "
                        + descriptors.limits().reserve()
                        + " are kept in reserve; raise the limit of the process (ulimit -n), or lower"
                        + " weir.descriptorReserve.");
    }
}
