package dev.weir.vitals;

import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The meters of one route's requests, or of those that none claims. Every combination of labels has its place in an array,
 * and is registered when it first occurs: after that a request costs no look-up by labels.
 *
 * <p>Threads: any. Race: two may register one timer at once; the registry gives both the same.
 */
final class RouteMeters {
    private static final Outcome[] OUTCOMES = Outcome.values();
    /** A place for each outcome with a status of its own, then for each status of the two that have the upstream's. */
    private static final int PLACES = OUTCOMES.length + 2 * Labels.STATUSES.size();

    private final MeterRegistry registry;
    private final Tags route;
    private final AtomicReferenceArray<Timer> durations = new AtomicReferenceArray<>(Labels.METHODS.size() * PLACES);
    private final Counter[] requests = new Counter[OUTCOMES.length];
    private final Timer queued;
    private final Timer connecting;
    private final Timer firstByte;
    private final Counter retries;
    private final Counter received;
    private final Counter sent;

    /** @param route the label's value: its prefix and an asterisk, or {@link Labels#NO_ROUTE} */
    RouteMeters(MeterRegistry registry, String route) {
        this.registry = registry;
        this.route = Tags.of("http.route", route);
        for (Outcome outcome : OUTCOMES) {
            requests[outcome.ordinal()] = Counter.builder("weir.requests")
                    .description("Requests that are over, by how they ended; tunnels included.")
                    .tags(this.route.and("weir.outcome", outcome.label()))
                    .register(registry);
        }
        queued = timer("weir.queue.duration", "Until a request had a connection, or one was being opened for it.");
        connecting = timer("weir.connect.duration", "The opening of a connection for a request that found none open.");
        firstByte = timer("weir.first_byte.duration", "From sending a request upstream to its response's head.");
        retries = counter("weir.retries", null, "Requests sent once more, of which nothing could happen twice.");
        received = counter("weir.request.body", "bytes", "Body bytes from clients, tunnels included.");
        sent = counter("weir.response.body", "bytes", "Body bytes to clients, tunnels included.");
    }

    private Timer timer(String name, String meaning) {
        return Durations.timer(registry, name, meaning, route);
    }

    private Counter counter(String name, String unit, String meaning) {
        return Counter.builder(name)
                .description(meaning)
                .baseUnit(unit)
                .tags(route)
                .register(registry);
    }

    void ended(Report report) {
        Outcome outcome = report.outcome();
        requests[outcome.ordinal()].increment();
        if (!RequestMeters.isTunnel(report)) {
            duration(report, outcome).record(report.totalNanos(), TimeUnit.NANOSECONDS);
        }
        // Who gave up in the queue has waited as well.
        record(queued, outcome == Outcome.QUEUE_TIMEOUT ? report.totalNanos() : report.queuedNanos());
        if (report.connectingNanos() != 0) { // it found one open
            record(connecting, report.connectingNanos());
        }
        record(firstByte, report.firstByteNanos());
        add(retries, report.retries());
        add(received, report.receivedBytes());
        add(sent, report.sentBytes());
    }

    private static void record(Timer timer, long nanos) {
        if (nanos != Report.UNKNOWN) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static void add(Counter counter, long more) {
        if (more > 0) {
            counter.increment(more);
        }
    }

    private Timer duration(Report report, Outcome outcome) {
        int method = Labels.method(report.method());
        int status = Labels.status(report.status());
        int place = method * PLACES + place(outcome, status);
        Timer known = durations.get(place);
        if (known != null) {
            return known;
        }
        Timer first = register(method, status, outcome);
        durations.set(place, first);
        return first;
    }

    private static int place(Outcome outcome, int status) {
        if (outcome.status() != 0) {
            return outcome.ordinal();
        }
        return OUTCOMES.length + (outcome == Outcome.OK ? 0 : Labels.STATUSES.size()) + status;
    }

    private Timer register(int method, int status, Outcome outcome) {
        return Durations.timer(
                registry,
                "http.server.request.duration",
                "From a request's beginning to its end; without tunnels.",
                route.and("http.request.method", Labels.METHODS.get(method))
                        .and("http.response.status_code", Labels.STATUSES.get(status))
                        .and("weir.outcome", outcome.label()));
    }
}
