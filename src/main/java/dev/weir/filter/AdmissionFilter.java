package dev.weir.filter;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.limits.Drain;
import dev.weir.limits.InFlight;
import java.io.IOException;

/** Bounds what is in flight: takes a permit on the way in, which comes back when the exchange ends. */
public final class AdmissionFilter extends ChainFilter {
    private static final long serialVersionUID = 1;

    private transient InFlight inFlight;
    private transient Drain drain;

    @Override
    public void init() {
        inFlight = shared(InFlight.class);
        drain = shared(Drain.class);
    }

    @Override
    protected boolean filter(Exchange exchange) throws IOException {
        // The permit comes first, so that a drain which waits for zero never misses an exchange that saw no drain.
        if (!inFlight.tryEnter()) {
            exchange.refuse(new Refusal(
                    Outcome.IN_FLIGHT_FULL,
                    inFlight.max() + " of " + inFlight.max()
                            + " exchanges are in flight; weir.maxInFlight bounds them."));
            return false;
        }
        exchange.onEnd(inFlight::leave);
        if (drain.isDraining()) {
            exchange.refuse(new Refusal(
                    Outcome.DRAINING,
                    "This instance is stopping; " + (inFlight.count() - 1) + " exchanges are still in flight."));
            return false;
        }
        return true;
    }
}
