package dev.weir.vitals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/** Timers with the buckets that OpenTelemetry's HTTP conventions name. */
final class Durations {
    private static final Duration[] BUCKETS = LongStream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private Durations() {}

    /** The timer of this name and these labels, made where there is none yet. */
    static Timer timer(MeterRegistry registry, String name, String meaning, Tags labels) {
        return Timer.builder(name)
                .description(meaning)
                .tags(labels)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
