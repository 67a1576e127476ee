package dev.weir.vitals;

import java.util.OptionalLong;

/** When something is used up that grows. */
final class Forecast {
    /** What would take longer is not foretold. */
    private static final double MOST_SECONDS = 3600;

    private Forecast() {}

    /**
     * In how many seconds so much more has come, at the smaller rate of the two halves of a time: a burst that is over is no
     * trend. Empty where one of the halves shows no growth, and beyond an hour.
     *
     * @param before at the beginning of the time
     * @param middle half way
     * @param now at its end
     * @param seconds how long it was
     */
    static OptionalLong seconds(double before, double middle, double now, double seconds, double left) {
        double rate = 2 * Math.min(middle - before, now - middle) / seconds;
        return rate > 0 && left / rate <= MOST_SECONDS
                ? OptionalLong.of(Math.round(left / rate))
                : OptionalLong.empty();
    }
}
