import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where values stand between two ends of a panel, on a line or on its logarithm.
 *
 * @param from the coordinate of the least value
 * @param to the coordinate of the most
 */
record Axis(double least, double most, double from, double to, boolean logarithmic) {
    /** From here on a line would press the lesser values flat. */
    private static final double WIDE = 20;

    private static final int STEPS = 5;

    /** Of values that grow by factors, from the first to the last. */
    static Axis byFactors(double least, double most, double from, double to) {
        return new Axis(least, most, from, to, true);
    }

    /** From zero, or by factors where the values lie far apart. */
    static Axis of(double[] values, double from, double to) {
        double most = DoubleStream.of(values).max().orElse(1);
        double least = DoubleStream.of(values).filter(value -> value > 0).min().orElse(most);
        if (most / least > WIDE) {
            return byFactors(decade(least), most, from, to);
        }
        return new Axis(0, Math.max(most, Double.MIN_NORMAL), from, to, false);
    }

    double at(double value) {
        if (most == least) {
            return (from + to) / 2;
        }
        double share = logarithmic
                ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
                : (value - least) / (most - least);
        return from + share * (to - from);
    }

    /** Round numbers from the least to the most. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double tick = least; tick <= most; tick *= 10) {
                ticks.add(tick);
            }
        } else {
            double step = step(most / STEPS);
            for (int i = 0; i * step <= most; i++) {
                ticks.add(i * step);
            }
        }
        return ticks;
    }

    private static double step(double atLeast) {
        double decade = decade(atLeast);
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * decade >= atLeast) {
                return factor * decade;
            }
        }
        return 10 * decade;
    }

    private static double decade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }
}
