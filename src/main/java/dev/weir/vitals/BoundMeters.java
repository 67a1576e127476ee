package dev.weir.vitals;

import dev.weir.limits.Descriptors;
import dev.weir.upstream.DestinationSnapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The meters of what is bounded, and of how full it is.
 *
 * <p>Threads: any; what it shows of connections and ports is of the last {@link #refresh}.
 */
final class BoundMeters {
    private final MeterRegistry registry;
    private final Instruments instruments;
    private final Readiness readiness;
    private final DestinationGauges destinations;
    private volatile Moment moment;

    BoundMeters(MeterRegistry registry, Instruments instruments, Readiness readiness) {
        this.registry = registry;
        this.instruments = instruments;
        this.readiness = readiness;
        this.destinations = new DestinationGauges(registry);
        refresh();
        registerInstance();
        registerConnections();
        registerConnectionCounts();
        registerDescriptors();
        registerPorts();
    }

    /** Looks anew. */
    void refresh() {
        moment = Moment.of(instruments);
        destinations.show(moment.destinations());
    }

    private void registerInstance() {
        gauge(
                "http.server.active_requests",
                "Exchanges in flight.",
                () -> instruments.inFlight().count());
        gauge(
                "weir.in_flight.max",
                "The most exchanges in flight.",
                () -> instruments.inFlight().max());
        gauge(
                "weir.ready",
                "1 where this instance should get requests, else 0.",
                () -> readiness.unready().isEmpty() ? 1 : 0);
        gauge(
                "weir.draining",
                "1 while it stops, else 0.",
                () -> instruments.drain().isDraining() ? 1 : 0);
    }

    private void registerConnections() {
        connections("leased", moment -> moment.sum(DestinationSnapshot::leased));
        connections("idle", moment -> moment.budget().idle());
        connections("opening", moment -> moment.sum(DestinationSnapshot::opening));
        connections("closing", Moment::closing);
        gaugeOfMoment(
                "weir.connections.max",
                "The budget of upstream sockets.",
                now -> now.budget().max());
        gaugeOfMoment(
                "weir.connections.pending",
                "Exchanges that wait for a connection.",
                now -> now.sum(DestinationSnapshot::queued));
        gaugeOfMoment(
                "weir.connections.waiting_destinations",
                "Destinations that wait for a socket of the budget.",
                now -> now.budget().waiting());
        gaugeOfMoment(
                "weir.destinations",
                "Destinations that are known.",
                now -> now.destinations().size());
    }

    private void connections(String state, ToDoubleFunction<Moment> count) {
        Gauge.builder("weir.connections", this, meters -> count.applyAsDouble(meters.moment))
                .description("Upstream sockets of the budget, by what they do.")
                .tags(Tags.of("state", state))
                .register(registry);
    }

    private void registerConnectionCounts() {
        counter("weir.connections.leases", "Exchanges that were given a connection.", DestinationSnapshot.Ever::leases);
        counter(
                "weir.connections.reused",
                "Exchanges that were given one which had served another before.",
                ever -> ever.leases() - ever.firstLeases());
        counter(
                "weir.connections.failed",
                "Connections that were to be opened, and came to nothing.",
                DestinationSnapshot.Ever::failures);
        counter(
                "weir.connections.evicted",
                "Connections closed to make room for another destination.",
                DestinationSnapshot.Ever::evictions);
    }

    private void counter(String name, String meaning, ToLongFunction<DestinationSnapshot.Ever> count) {
        FunctionCounter.builder(
                        name,
                        this,
                        meters -> count.applyAsLong(meters.moment.budget().ever()))
                .description(meaning)
                .register(registry);
    }

    private void registerDescriptors() {
        Descriptors descriptors = instruments.descriptors();
        gauge("weir.descriptors.open", "Descriptors that are open.", descriptors::open);
        gauge("weir.descriptors.reserve", "Descriptors never given to exchanges.", descriptors.limits()::reserve);
        if (descriptors.limits().isLimited()) {
            long limit = descriptors.limits().descriptors();
            gauge("weir.descriptors.limit", "The most that may be open.", () -> limit);
            gauge("weir.descriptors.left", "Descriptors left until requests are refused.", descriptors::left);
        }
    }

    private void registerPorts() {
        gaugeOfMoment("weir.ports.max", "Local ports for connections to one address.", Moment::ports);
        gaugeOfMoment(
                "weir.ports.left", "Local ports left towards the upstream address with the fewest.", Moment::portsLeft);
        gaugeOfMoment("weir.ports.time_wait", "Sockets of this machine that rest in TIME_WAIT.", Moment::portsResting);
    }

    private void gaugeOfMoment(String name, String meaning, ToDoubleFunction<Moment> value) {
        gauge(name, meaning, () -> value.applyAsDouble(moment));
    }

    private void gauge(String name, String meaning, Supplier<Number> value) {
        Gauge.builder(name, value).description(meaning).register(registry);
    }
}
