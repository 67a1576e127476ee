package dev.weir.vitals;

import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What became of one route's exchanges: how many ended in which way since the start, how many in the last 10 s, and how
 * long they took in the last minute.
 *
 * <p>Threads: {@link #ended} by any, without a lock; {@link #tick} by one, once a second; the rest by any.
 */
final class RouteTraffic {
    static final int RATE_SECONDS = 10;
    static final int SIGNIFICANT_DIGITS = 2;
    private static final int HALF_WINDOW_SECONDS = 30;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final double MICROS_A_MILLI = 1000.0;

    private final LongAdder[] byOutcome = new LongAdder[Outcome.values().length];
    /** In microseconds; it grows with the longest. */
    private final Recorder latencies = new Recorder(SIGNIFICANT_DIGITS);

    private final long[] lastSeconds = new long[RATE_SECONDS];
    private Histogram second;
    private Histogram half = new Histogram(SIGNIFICANT_DIGITS);
    private Histogram halfBefore = new Histogram(SIGNIFICANT_DIGITS);
    private long counted;
    private int ticks;

    RouteTraffic() {
        for (int outcome = 0; outcome < byOutcome.length; outcome++) {
            byOutcome[outcome] = new LongAdder();
        }
    }

    /** An exchange is over. Tunnels have no latency: they last as long as somebody likes. */
    void ended(Report report) {
        byOutcome[report.outcome().ordinal()].increment();
        if (report.upstreamStatus() != SWITCHING_PROTOCOLS) {
            latencies.recordValue(report.totalNanos() / 1000);
        }
    }

    /** A second is over; gives its latencies, in microseconds, to read before the next tick. */
    synchronized Histogram tick() {
        long sum = sum();
        lastSeconds[ticks % RATE_SECONDS] = sum - counted;
        counted = sum;
        ticks++;
        second = latencies.getIntervalHistogram(second);
        if (ticks % HALF_WINDOW_SECONDS == 0) {
            Histogram oldest = halfBefore;
            halfBefore = half;
            oldest.reset();
            half = oldest;
        }
        half.add(second);
        return second;
    }

    /** Ended in the last full second. */
    synchronized long lastSecond() {
        return ticks == 0 ? 0 : lastSeconds[(ticks - 1) % RATE_SECONDS];
    }

    /** Ended a second, over the last 10 s. */
    synchronized double perSecond() {
        long sum = 0;
        for (long one : lastSeconds) {
            sum += one;
        }
        return sum / (double) Math.max(1, Math.min(ticks, RATE_SECONDS));
    }

    /** The latencies of the last 30 to 60 s, in microseconds. */
    synchronized Histogram lastMinute() {
        Histogram both = half.copy();
        both.add(halfBefore);
        return both;
    }

    /** The latency in milliseconds that so many percent did not exceed; null where there is none. */
    static Double millis(Histogram histogram, double percent) {
        return histogram.getTotalCount() == 0 ? null : histogram.getValueAtPercentile(percent) / MICROS_A_MILLI;
    }

    /** How many ended in which way since the start, by the names that users see; those that occurred. */
    Map<String, Long> outcomes() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            long count = byOutcome[outcome.ordinal()].sum();
            if (count > 0) {
                counts.merge(outcome.label(), count, Long::sum);
            }
        }
        return counts;
    }

    private long sum() {
        long sum = 0;
        for (LongAdder one : byOutcome) {
            sum += one.sum();
        }
        return sum;
    }
}
