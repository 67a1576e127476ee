package dev.weir.vitals;

import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import dev.weir.limits.AutoLimits;
import dev.weir.upstream.BudgetSnapshot;
import dev.weir.upstream.DestinationSnapshot;
import dev.weir.upstream.PortRange;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What {@code status.json} says: how full everything is, what is left until a refusal, and who holds it.
 *
 * <p>Threads: any.
 */
final class StatusPage {
    /** More would make neither a table that anybody reads nor an answer of a bounded size. */
    static final int MOST_DESTINATIONS = 100;

    private static final long LOOK_NANOS = 900_000_000L;
    private final Instruments instruments;
    private final Traffic traffic;
    private final RecentFailures failures;
    private final Watch watch;
    private final PortTrends trends = new PortTrends();
    private Set<InetSocketAddress> lookedFor = Set.of();
    private long lookedNanos;
    private Optional<SocketTable> sockets = Optional.empty();

    StatusPage(Instruments instruments, Traffic traffic, RecentFailures failures, Watch watch) {
        this.instruments = instruments;
        this.traffic = traffic;
        this.failures = failures;
        this.watch = watch;
    }

    /** The whole page, as maps, lists and numbers. */
    Map<String, Object> json(boolean withHistory) {
        List<DestinationSnapshot> destinations = instruments.client().snapshot();
        List<Report> underWay = instruments.underWay().reports().toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("home", instruments.home());
        json.put("time", System.currentTimeMillis());
        json.put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        json.put("draining", instruments.drain().isDraining());
        Outcome unready = watch.readiness().unready().orElse(null);
        json.put("ready", unready == null);
        json.put("notReady", unready == null ? null : unready.label());
        json.put("inFlight", instruments.inFlight().count());
        json.put("maxInFlight", instruments.inFlight().max());
        json.put("leased", sum(destinations, DestinationSnapshot::leased));
        json.put("queued", sum(destinations, DestinationSnapshot::queued));
        json.put("rate", traffic.rate());
        json.put("descriptors", descriptors());
        json.put("connections", connections());
        json.put("ports", ports());
        putDestinations(json, destinations, underWay);
        json.put(
                "routes",
                instruments.configuration().routes().stream()
                        .map(route -> route(route, underWay))
                        .toArray());
        json.put("recent", failures.last().stream().map(StatusPage::failure).toArray());
        json.put("notes", notes(json).toArray());
        if (withHistory) {
            json.put("history", watch.history().json());
        }
        return json;
    }

    private static int sum(List<DestinationSnapshot> destinations, ToIntFunction<DestinationSnapshot> count) {
        return destinations.stream().mapToInt(count).sum();
    }

    /** The limit, and what follows from it, is null where the system names none. */
    private Map<String, Object> descriptors() {
        AutoLimits limits = instruments.descriptors().limits();
        long open = instruments.descriptors().open();
        long left = instruments.descriptors().left();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("limit", limits.isLimited() ? limits.descriptors() : null);
        row.put("open", open);
        row.put("reserve", limits.reserve());
        row.put("low", instruments.descriptors().isLow());
        row.put("connectionBudget", limits.connectionBudget());
        row.put("maxClients", limits.maxClients());
        row.put("left", limits.isLimited() ? left : null);
        row.put("secondsLeft", limits.isLimited() ? secondsLeft(History.Series.DESCRIPTORS, left) : null);
        return row;
    }

    private Map<String, Object> connections() {
        BudgetSnapshot budget = instruments.client().budget();
        int left = budget.max() - budget.open();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("budget", budget.max());
        row.put("open", budget.open());
        row.put("idle", budget.idle());
        row.put("waitingDestinations", budget.waiting());
        row.put("evictions", budget.ever().evictions());
        row.put("left", left);
        row.put("secondsLeft", secondsLeft(History.Series.CONNECTIONS, left));
        return row;
    }

    private Long secondsLeft(History.Series series, long left) {
        OptionalLong seconds = watch.history().secondsUntilGrown(series, left);
        return seconds.isPresent() ? seconds.getAsLong() : null;
    }

    private static Map<String, Object> ports() {
        int resting = PortRange.resting();
        boolean known = resting >= 0;
        PortRange range = PortRange.read();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("available", known);
        row.put("first", known ? range.first() : null);
        row.put("last", known ? range.last() : null);
        row.put("size", known ? range.size() : null);
        row.put("timeWait", known ? resting : null);
        return row;
    }

    private void putDestinations(
            Map<String, Object> json, List<DestinationSnapshot> destinations, List<Report> underWay) {
        List<DestinationSnapshot> busiest =
                Moment.busiest(destinations).stream().limit(MOST_DESTINATIONS).toList();
        trends.keepOnly(busiest.stream().map(DestinationSnapshot::origin).collect(Collectors.toSet()));
        Optional<SocketTable> table = socketsOf(
                busiest.stream().flatMap(one -> one.addresses().stream()).collect(Collectors.toSet()));
        DestinationRows rows = new DestinationRows(table, failures, underWay, trends);
        json.put("destinations", busiest.stream().map(rows::row).toArray());
        json.put("moreDestinations", destinations.size() - busiest.size());
    }

    /** One walk a second through the machine's sockets, however many look. */
    private synchronized Optional<SocketTable> socketsOf(Set<InetSocketAddress> addresses) {
        long now = Clock.SYSTEM.nanoTime();
        if (!addresses.equals(lookedFor) || now - lookedNanos > LOOK_NANOS) {
            sockets = SocketTable.of(addresses);
            lookedFor = addresses;
            lookedNanos = now;
        }
        return sockets;
    }

    private Map<String, Object> route(RouteConfiguration route, List<Report> underWay) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", route.servletName());
        row.put("prefix", route.prefix());
        row.put("upstream", route.upstream().map(UpstreamUrl::toString).orElse(null));
        row.put(
                "inFlight",
                underWay.stream()
                        .filter(report -> report.route().orElse(null) == route)
                        .count());
        row.putAll(traffic.rate(route));
        row.put("outcomes", traffic.of(route).outcomes());
        return row;
    }

    private static Map<String, Object> failure(RecentFailures.Failure failure) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("time", failure.millis());
        row.put("route", failure.route());
        row.put("method", failure.method());
        row.put("path", failure.path());
        row.put("destination", failure.destination());
        row.put("outcome", failure.outcome().label());
        row.put("status", failure.status());
        row.put("sentence", failure.sentence());
        return row;
    }

    /** What needs attention now. */
    private List<String> notes(Map<String, Object> json) {
        List<String> notes = new ArrayList<>();
        Notes.ofAll(instruments, json.get("notReady"), notes);
        for (Object destination : (Object[]) json.get("destinations")) {
            for (Object note : (Object[]) ((Map<?, ?>) destination).get("notes")) {
                notes.add((String) note);
            }
        }
        return notes;
    }
}
