import java.util.List;

/** The median of some values and how far they lie apart. */
record Spread(double median, double min, double max) {
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    String format(Figure figure) {
        String least = figure.format(min);
        String most = figure.format(max);
        return figure.format(median) + (least.equals(most) ? "" : " (" + least + ".." + most + ")");
    }
}
