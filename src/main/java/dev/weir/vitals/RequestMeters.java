package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Report;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/**
 * The meters of requests that are over, by route and by upstream.
 *
 * <p>Threads: any; once each combination of labels has occurred it takes no lock and allocates nothing.
 */
final class RequestMeters implements ReportListener {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Map<String, RouteMeters> byServlet = new HashMap<>();
    private final RouteMeters unclaimed;
    private final UpstreamMeters upstreams;

    RequestMeters(MeterRegistry registry, Configuration configuration) {
        for (RouteConfiguration route : configuration.routes()) {
            byServlet.put(route.servletName(), new RouteMeters(registry, route.prefix() + "/*"));
        }
        unclaimed = new RouteMeters(registry, Labels.NO_ROUTE);
        upstreams = new UpstreamMeters(registry);
    }

    @Override
    public void ended(Report report) {
        RouteConfiguration route = report.route().orElse(null);
        RouteMeters meters = route == null ? unclaimed : byServlet.get(route.servletName());
        meters.ended(report);
        UpstreamUrl url = report.upstream().orElse(null);
        if (url != null && report.upstreamNanos() != Report.UNKNOWN && !isTunnel(report)) {
            upstreams.ended(report, url);
        }
    }

    /** Whether it became a tunnel, which lasts as long as somebody likes and says nothing of how long answers take. */
    static boolean isTunnel(Report report) {
        return report.upstreamStatus() == SWITCHING_PROTOCOLS;
    }
}
