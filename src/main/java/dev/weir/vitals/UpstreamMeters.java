package dev.weir.vitals;

import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Report;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How long upstreams took. The first {@value #MOST} hosts and ports that are asked have series of their own for good, all
 * further ones share theirs, since requests may say where they lead and a series is never forgotten.
 *
 * <p>Threads: any; the lock is only for a URL that is new.
 */
final class UpstreamMeters {
    static final int MOST = StatusPage.MOST_DESTINATIONS;
    private static final String OTHER = "_other";
    /** Of all further ones. */
    static final Tags FURTHER = labels(OTHER, OTHER);

    private final MeterRegistry registry;
    /** No more than the paths of routes and the schemes to each of those below. */
    private final Map<UpstreamUrl, Upstream> byUrl = new ConcurrentHashMap<>();

    private final Map<String, Upstream> byAuthority = new ConcurrentHashMap<>();
    private final Upstream others = new Upstream(FURTHER);

    /** One host and port. */
    private final class Upstream {
        private final Tags labels;
        private final AtomicReferenceArray<Timer> byStatus = new AtomicReferenceArray<>(Labels.STATUSES.size());

        Upstream(Tags labels) {
            this.labels = labels;
        }

        Timer answering(int status) {
            Timer known = byStatus.get(status);
            if (known != null) {
                return known;
            }
            Timer first = Durations.timer(
                    registry,
                    "http.client.request.duration",
                    "From sending a request upstream until the upstream's part was over; without tunnels.",
                    labels.and("http.response.status_code", Labels.STATUSES.get(status)));
            byStatus.set(status, first);
            return first;
        }
    }

    UpstreamMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    static Tags labels(String address, String port) {
        return Tags.of("server.address", address, "server.port", port);
    }

    /** An exchange is over that was sent to this upstream. */
    void ended(Report report, UpstreamUrl url) {
        of(url).answering(Labels.status(report.upstreamStatus())).record(report.upstreamNanos(), TimeUnit.NANOSECONDS);
    }

    private Upstream of(UpstreamUrl url) {
        Upstream known = byUrl.get(url);
        return known != null ? known : find(url);
    }

    private Upstream find(UpstreamUrl url) {
        if (byAuthority.size() == MOST && !byAuthority.containsKey(url.authority())) {
            return others;
        }
        return add(url);
    }

    private synchronized Upstream add(UpstreamUrl url) {
        Upstream known = byAuthority.get(url.authority());
        if (known == null && byAuthority.size() == MOST) {
            return others;
        }
        Upstream upstream = known != null ? known : new Upstream(labels(url.host(), Integer.toString(url.port())));
        byAuthority.put(url.authority(), upstream);
        byUrl.put(url, upstream);
        return upstream;
    }
}
