package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.exchange.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What became of the exchanges of all routes.
 *
 * <p>Threads: any; {@link #tick} by one, once a second.
 */
final class Traffic implements ReportListener {
    /**
     * What ended in one second.
     *
     * @param p50Millis null where nothing ended, as is the next
     */
    record Second(long count, Double p50Millis, Double p99Millis) {}

    private static final double MEDIAN = 50;
    private static final double ALMOST_ALL = 99;

    private final Map<String, RouteTraffic> byServlet = new LinkedHashMap<>();
    /** What they did together in the last 10 s. */
    private final RouteTraffic together = new RouteTraffic();

    Traffic(Configuration configuration) {
        for (RouteConfiguration route : configuration.routes()) {
            byServlet.put(route.servletName(), new RouteTraffic());
        }
    }

    @Override
    public void ended(Report report) {
        report.route().ifPresent(route -> {
            byServlet.get(route.servletName()).ended(report);
            together.ended(report);
        });
    }

    /** A second is over. */
    Second tick() {
        byServlet.values().forEach(RouteTraffic::tick);
        Histogram second = together.tick();
        return new Second(
                together.lastSecond(), RouteTraffic.millis(second, MEDIAN), RouteTraffic.millis(second, ALMOST_ALL));
    }

    /** That of one route. */
    RouteTraffic of(RouteConfiguration route) {
        return byServlet.get(route.servletName());
    }

    /** That of all of them. */
    RouteTraffic together() {
        return together;
    }
}
