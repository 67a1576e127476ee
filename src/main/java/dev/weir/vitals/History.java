package dev.weir.vitals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The last 15 minutes, a moment each second.
 *
 * <p>Threads: any.
 */
final class History {
    static final int SECONDS = 900;
    /** Over how long growth is looked at: less would take a burst for a trend, more would tell too late. */
    private static final int TREND_SECONDS = 10;

    /** What is kept. */
    enum Series {
        RATE("rate"),
        P50("p50"),
        P99("p99"),
        IN_FLIGHT("inFlight"),
        QUEUED("queued"),
        CONNECTIONS("connections"),
        IDLE("idle"),
        DESCRIPTORS("descriptors");

        private final String label;

        Series(String label) {
            this.label = label;
        }
    }

    private final long[] times = new long[SECONDS];
    /** NaN is nothing. */
    private final double[][] values = new double[Series.values().length][SECONDS];

    private long count;

    /** A moment: {@code now} holds a value for each series, in their order; null is nothing. */
    synchronized void add(long epochSecond, Number... now) {
        int at = index(count);
        times[at] = epochSecond;
        for (int series = 0; series < values.length; series++) {
            values[series][at] = now[series] == null ? Double.NaN : now[series].doubleValue();
        }
        count++;
    }

    private static int index(long moment) {
        return (int) (moment % SECONDS);
    }

    /**
     * In how many seconds a series grows by so much, if it goes on as in the last 10; empty where it does not grow, or it
     * takes longer than an hour.
     */
    synchronized OptionalLong secondsUntilGrown(Series series, long by) {
        if (count <= TREND_SECONDS) {
            return OptionalLong.empty();
        }
        double[] kept = values[series.ordinal()];
        double now = kept[index(count - 1)];
        double middle = kept[index(count - 1 - TREND_SECONDS / 2)];
        double before = kept[index(count - 1 - TREND_SECONDS)];
        return Forecast.seconds(before, middle, now, TREND_SECONDS, Math.max(0, by));
    }

    /** All of it as status.json has it, the oldest moment first. */
    synchronized Map<String, Object> json() {
        long first = Math.max(0, count - SECONDS);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("intervalSeconds", 1);
        List<Long> seconds = new ArrayList<>();
        for (long moment = first; moment < count; moment++) {
            seconds.add(times[index(moment)]);
        }
        json.put("time", seconds.toArray());
        for (Series series : Series.values()) {
            List<Double> column = new ArrayList<>();
            for (long moment = first; moment < count; moment++) {
                double value = values[series.ordinal()][index(moment)];
                column.add(Double.isNaN(value) ? null : value);
            }
            json.put(series.label, column.toArray());
        }
        return json;
    }
}
