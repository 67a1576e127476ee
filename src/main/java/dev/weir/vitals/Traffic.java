package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.exchange.Report;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

    Traffic(Configuration configuration) {
        for (RouteConfiguration route : configuration.routes()) {
            byServlet.put(route.servletName(), new RouteTraffic());
        }
    }

    @Override
    public void ended(Report report) {
        RouteConfiguration route = report.route().orElse(null);
        if (route != null) {
            of(route).ended(report);
        }
    }

    /** A second is over. */
    Second tick() {
        Histogram latencies = new Histogram(RouteTraffic.SIGNIFICANT_DIGITS);
        long count = 0;
        for (RouteTraffic route : byServlet.values()) {
            latencies.add(route.tick());
            count += route.lastSecond();
        }
        return new Second(count, RouteTraffic.millis(latencies, MEDIAN), RouteTraffic.millis(latencies, ALMOST_ALL));
    }

    /** How many end a second, and how long they take, of all routes together: {@code perSecond}, {@code p50Millis}, ... */
    Map<String, Object> rate() {
        return rate(byServlet.values());
    }

    /** The same of one route. */
    Map<String, Object> rate(RouteConfiguration route) {
        return rate(List.of(of(route)));
    }

    private static Map<String, Object> rate(Collection<RouteTraffic> routes) {
        Histogram latencies = new Histogram(RouteTraffic.SIGNIFICANT_DIGITS);
        routes.forEach(route -> latencies.add(route.lastMinute()));
        Map<String, Object> rate = new LinkedHashMap<>();
        rate.put(
                "perSecond",
                routes.stream().mapToDouble(RouteTraffic::perSecond).sum());
        rate.put("p50Millis", RouteTraffic.millis(latencies, MEDIAN));
        rate.put("p99Millis", RouteTraffic.millis(latencies, ALMOST_ALL));
        return rate;
    }

    /** That of one route. */
    RouteTraffic of(RouteConfiguration route) {
        return byServlet.get(route.servletName());
    }
}
