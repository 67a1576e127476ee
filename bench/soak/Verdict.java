import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Whether a column is flat: the median of its last fifth is no more than a tenth above that of its second. */
final class Verdict {
    /** What small numbers may differ by: descriptors, heap, threads, TIME_WAIT, in flight, leased, open. */
    private static final double[] SLACK = {10, 2, 3, 30, 5, 5, 10};

    private boolean flat = true;

    /** Prints a line for each column; the second fifth, since the first one warms up. */
    boolean print(List<Sample> samples) {
        System.out.printf("%n%-12s %10s %10s %8s %8s%n", "", "2nd fifth", "last fifth", "least", "most");
        for (int i = 0; i < Sample.COLUMNS.size(); i++) {
            column(Sample.COLUMNS.get(i), Sample.VALUES.get(i), SLACK[i], samples);
        }
        return flat;
    }

    private void column(String name, ToDoubleFunction<Sample> value, double slack, List<Sample> samples) {
        int fifth = samples.size() / 5;
        double early = median(value, samples.subList(fifth, 2 * fifth));
        double late = median(value, samples.subList(samples.size() - fifth, samples.size()));
        boolean grew = late > early + Math.max(early / 10, slack);
        flat &= !grew;
        double[] all = samples.stream().mapToDouble(value).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-12s %10.1f %10.1f %8.1f %8.1f  %s%n",
                name,
                early,
                late,
                all[0],
                all[all.length - 1],
                grew ? "GREW" : "flat");
    }

    private static double median(ToDoubleFunction<Sample> value, List<Sample> samples) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
