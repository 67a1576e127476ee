package dev.weir.limits;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the exchanges in flight are shared among the destinations: one that hangs holds at most half of them while another
 * has traffic, and where there are several never the last eighth, so that a newcomer always finds room.
 *
 * <p>Threads: any; which destinations there are is settled at the start.
 */
public final class DestinationShares {
    private final Map<String, DestinationShare> byServlet = new HashMap<>();
    private final List<DestinationShare> all;

    /**
     * One share for each destination of the routes; those of one destination have one together, and those of an open route.
     */
    public DestinationShares(Configuration configuration, int maxInFlight) {
        Map<String, String> origins = new HashMap<>();
        for (RouteConfiguration route : configuration.routes()) {
            if (route.isOpen()) {
                // All that it leads to count together: clients say how many there are.
                origins.put(route.servletName(), route.servletName());
            }
            route.upstream().ifPresent(upstream -> origins.put(route.servletName(), upstream.origin()));
        }
        if (origins.values().stream().distinct().count() < 2) {
            origins.clear(); // there is nobody to share with
        }
        int half = Math.max(1, maxInFlight / 2);
        int most = Math.max(half, maxInFlight - Math.max(1, maxInFlight / 8));
        Map<String, DestinationShare> byOrigin = new HashMap<>();
        origins.forEach((servlet, origin) ->
                byServlet.put(servlet, byOrigin.computeIfAbsent(origin, name -> share(name, half, most))));
        all = List.copyOf(byOrigin.values());
    }

    private DestinationShare share(String origin, int half, int most) {
        return new DestinationShare(origin, half, most, nanoTime -> othersHaveTraffic(origin, nanoTime));
    }

    /** Asked only by a destination that has used up its half. */
    private boolean othersHaveTraffic(String origin, long nanoTime) {
        for (DestinationShare share : all) {
            if (!share.origin().equals(origin) && share.hasTraffic(nanoTime)) {
                return true;
            }
        }
        return false;
    }

    /** The share that an exchange of this route counts in; null where it leads nowhere or all lead to one. */
    public DestinationShare of(RouteConfiguration route) {
        return byServlet.get(route.servletName());
    }
}
