package dev.weir.vitals;

import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Report;
import dev.weir.limits.KernelSockets.State;
import dev.weir.upstream.DestinationSnapshot;
import dev.weir.upstream.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The rows of the destinations in {@code status.json}, all of one moment. */
final class DestinationRows {
    private final Optional<SocketTable> sockets;
    private final RecentFailures failures;
    private final List<Report> underWay;
    private final PortTrends trends;
    private final PortRange ports = PortRange.read();

    /** @param sockets empty where the system does not tell */
    DestinationRows(Optional<SocketTable> sockets, RecentFailures failures, List<Report> underWay, PortTrends trends) {
        this.trends = trends;
        this.sockets = sockets;
        this.failures = failures;
        this.underWay = underWay;
    }

    Map<String, Object> row(DestinationSnapshot destination) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("origin", destination.origin());
        row.put("leased", destination.leased());
        row.put("idle", destination.idle());
        row.put("opening", destination.opening());
        row.put("queued", destination.queued());
        row.put("sockets", destination.sockets());
        DestinationSnapshot.Ever ever = destination.ever();
        row.put("evicted", ever.evictions());
        row.put("reusedPercent", ever.leases() == 0 ? null : reusedPercent(ever));
        row.put("connectFailures", ever.failures());
        Optional<Report> oldest = oldestLease(destination.origin());
        row.put("oldestLease", oldest.map(DestinationRows::lease).orElse(null));
        row.put(
                "lastError",
                failures.last(destination.origin()).map(DestinationRows::error).orElse(null));
        Integer left = sockets.map(table -> ports.size() - table.portsTaken(destination.addresses()))
                .orElse(null);
        row.put("states", sockets.map(table -> states(table, destination)).orElse(null));
        row.put("portsLeft", left);
        row.put("portsSecondsLeft", left == null ? null : portsSecondsLeft(destination, left));
        List<String> notes = new ArrayList<>();
        sockets.ifPresent(table -> Notes.ofSockets(table, destination, left, notes));
        Notes.ofDestination(destination, oldest, notes);
        row.put("notes", notes.toArray());
        return row;
    }

    /** Of the exchanges that got a connection, how many got one that had served another before. */
    static double reusedPercent(DestinationSnapshot.Ever ever) {
        return Math.round(1000.0 * (ever.leases() - ever.firstLeases()) / ever.leases()) / 10.0;
    }

    private Long portsSecondsLeft(DestinationSnapshot destination, int left) {
        OptionalLong seconds =
                trends.secondsLeft(destination.origin(), ports.size() - left, left, Clock.SYSTEM.nanoTime());
        return seconds.isPresent() ? seconds.getAsLong() : null;
    }

    private Optional<Report> oldestLease(String origin) {
        return underWay.stream()
                .filter(report -> report.upstream().map(UpstreamUrl::origin).equals(Optional.of(origin)))
                .filter(report -> report.heldNanos() != Report.UNKNOWN)
                .max(Comparator.comparingLong(Report::heldNanos));
    }

    private static Map<String, Object> lease(Report report) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("seconds", TimeUnit.NANOSECONDS.toMillis(report.heldNanos()) / 1000.0);
        row.put("route", report.route().map(RouteConfiguration::servletName).orElse(null));
        row.put("method", report.method());
        row.put("path", report.path());
        return row;
    }

    private static Map<String, Object> error(RecentFailures.Failure failure) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("time", failure.millis());
        row.put("outcome", failure.outcome().label());
        row.put("sentence", failure.sentence());
        return row;
    }

    private static Map<String, Object> states(SocketTable table, DestinationSnapshot destination) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (State state : List.of(State.ESTABLISHED, State.TIME_WAIT, State.CLOSE_WAIT)) {
            row.put(state.name(), table.in(state, destination.addresses()));
        }
        return row;
    }
}
