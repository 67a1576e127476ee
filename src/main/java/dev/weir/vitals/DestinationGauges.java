package dev.weir.vitals;

import dev.weir.config.UpstreamUrl;
import dev.weir.upstream.DestinationSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The gauges of destinations: of each of the busiest, and of all others together. Those of a destination that is forgotten
 * disappear.
 *
 * <p>Threads: one at a time.
 */
final class DestinationGauges {
    static final int MOST = StatusPage.MOST_DESTINATIONS;

    /** The counts of a host and port, whatever the scheme, or of several. */
    private static final class Counts {
        private int leased;
        private int idle;
        private int opening;
        private int queued;
        private int sockets;

        void add(DestinationSnapshot one) {
            leased += one.leased();
            idle += one.idle();
            opening += one.opening();
            queued += one.queued();
            sockets += one.sockets();
        }
    }

    /** One gauge, and what it shows under which further label. */
    private record Column(MultiGauge gauge, Map<Tags, ToIntFunction<Counts>> values) {
        void show(Map<Tags, Counts> byLabels) {
            gauge.register(
                    byLabels.entrySet().stream()
                            .flatMap(row -> values.entrySet().stream()
                                    .map(value -> MultiGauge.Row.of(
                                            row.getKey().and(value.getKey()),
                                            value.getValue().applyAsInt(row.getValue()))))
                            .toList(),
                    true);
        }
    }

    private final List<Column> columns;

    DestinationGauges(MeterRegistry registry) {
        columns = List.of(
                column(
                        registry,
                        "http.client.open_connections",
                        "Upstream connections, in use and idle.",
                        Map.of(state("active"), counts -> counts.leased, state("idle"), counts -> counts.idle)),
                column(registry, "weir.destination.opening", "Connections being opened.", counts -> counts.opening),
                column(
                        registry,
                        "weir.destination.queued",
                        "Exchanges that wait for a connection.",
                        counts -> counts.queued),
                column(
                        registry,
                        "weir.destination.sockets",
                        "Sockets being opened, open, or being closed.",
                        counts -> counts.sockets));
    }

    private static Tags state(String state) {
        return Tags.of("http.connection.state", state);
    }

    private static Column column(MeterRegistry registry, String name, String meaning, ToIntFunction<Counts> value) {
        return column(registry, name, meaning, Map.of(Tags.empty(), value));
    }

    private static Column column(
            MeterRegistry registry, String name, String meaning, Map<Tags, ToIntFunction<Counts>> values) {
        return new Column(MultiGauge.builder(name).description(meaning).register(registry), values);
    }

    /** Shows these, the busiest first, and no others. */
    void show(List<DestinationSnapshot> destinations) {
        Map<Tags, Counts> byLabels = new LinkedHashMap<>();
        for (DestinationSnapshot one : destinations) {
            Tags own = labels(one.origin());
            Tags labels = byLabels.size() < MOST || byLabels.containsKey(own) ? own : UpstreamMeters.FURTHER;
            byLabels.computeIfAbsent(labels, any -> new Counts()).add(one);
        }
        columns.forEach(column -> column.show(byLabels));
    }

    private static Tags labels(String origin) {
        UpstreamUrl url = UpstreamUrl.parse(origin);
        return UpstreamMeters.labels(url.host(), Integer.toString(url.port()));
    }
}
