package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.limits.Descriptors;
import dev.weir.limits.Drain;
import dev.weir.limits.InFlight;
import dev.weir.upstream.DestinationSnapshot;
import dev.weir.upstream.UpstreamClient;

/**
 * What the pages and the metrics read from.
 *
 * @param home the name of the home that Weir runs in
 */
public record Instruments(
        Configuration configuration,
        String home,
        InFlight inFlight,
        Drain drain,
        Descriptors descriptors,
        UpstreamClient client,
        UnderWay underWay) {
    /** Exchanges that wait for a connection, of all destinations. */
    int queued() {
        return client.snapshot().stream().mapToInt(DestinationSnapshot::queued).sum();
    }
}
