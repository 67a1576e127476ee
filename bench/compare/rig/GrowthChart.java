import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A series as an SVG: for each figure a panel, with a line for each peer over what grows. Threads: one. */
final class GrowthChart {
    private static final int PLOT_HEIGHT = 180;
    private static final int PLOT_TOP = 24;
    private static final int PLOT_LEFT = 58;
    private static final int PLOT_WIDTH = 240;
    private static final int PANEL_HEIGHT = PLOT_TOP + PLOT_HEIGHT + 34;
    private static final int LABEL_HEIGHT = 14;
    private static final int LABEL_GAP = 8;
    private static final double DOT = 2.6;

    /** What a peer's line is called, at the height of its end. */
    private record Label(String peer, String words, double y) {}

    private final Run run;
    private final Series series;
    private final List<Result> results;
    private final Svg svg = new Svg();

    private GrowthChart(Run run, Series series) {
        this.run = run;
        this.series = series;
        results = run.results().stream()
                .filter(result -> result.workload
                        .point
                        .filter(point -> point.series() == series)
                        .isPresent())
                .toList();
    }

    static String of(Run run, Series series) {
        return new GrowthChart(run, series).draw();
    }

    private String draw() {
        svg.text(Svg.MARGIN, Svg.MARGIN + Svg.TEXT_DROP, "head", series.label + ": " + series.title);
        int y = Svg.HEAD_HEIGHT;
        List<Figure> figures = series.drawn();
        for (int i = 0; i < figures.size(); i++) {
            panel(figures.get(i), Svg.MARGIN + i % Svg.PER_ROW * Svg.PANEL_WIDTH, y);
            if (i % Svg.PER_ROW == Svg.PER_ROW - 1 || i == figures.size() - 1) {
                y += PANEL_HEIGHT;
            }
        }
        String note = "The strokes through the points are the spread of the rounds.";
        return svg.document("How Weir and other proxies grow with " + series.label, run, note, y + Svg.MARGIN);
    }

    private void panel(Figure figure, int x, int top) {
        double[] values = results.stream()
                .flatMap(result -> result.spread(figure).stream())
                .flatMapToDouble(spread -> DoubleStream.of(spread.min(), spread.max()))
                .toArray();
        double left = x + PLOT_LEFT;
        double bottom = top + PLOT_TOP + PLOT_HEIGHT;
        Axis across = across(left);
        Axis up = Axis.of(values, bottom, top + PLOT_TOP);
        svg.text(x, top + Svg.TEXT_DROP, "title", figure.title + (up.logarithmic() ? " (logarithmic)" : ""));
        for (double tick : up.ticks()) {
            svg.line("grid", left, up.at(tick), left + PLOT_WIDTH, up.at(tick));
            svg.text(left - LABEL_GAP, up.at(tick) + 4, "note end", shown(tick));
        }
        points().forEach(point -> svg.text(across.at(point.amount()), bottom + 16, "note middle", point.shown()));
        List<Label> labels = new ArrayList<>();
        peers().forEach((peer, own) -> line(peer, own, figure, across, up, labels));
        place(labels, left + PLOT_WIDTH + LABEL_GAP, bottom);
    }

    private Axis across(double left) {
        List<Series.Point> points = points();
        int last = points.get(points.size() - 1).amount();
        return Axis.byFactors(points.get(0).amount(), last, left + LABEL_GAP, left + PLOT_WIDTH);
    }

    private List<Series.Point> points() {
        return series.points().stream().map(workload -> workload.point.orElseThrow()).toList();
    }

    private Map<String, List<Result>> peers() {
        return results.stream().collect(Collectors.groupingBy(result -> result.peer.name()));
    }

    private void line(String peer, List<Result> own, Figure figure, Axis across, Axis up, List<Label> labels) {
        StringBuilder corners = new StringBuilder();
        for (Result result : own) {
            result.spread(figure).ifPresent(spread -> {
                double x = across.at(result.workload.point.orElseThrow().amount());
                double y = up.at(spread.median());
                corners.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                svg.line("spread line-" + peer, x, up.at(spread.min()), x, up.at(spread.max()));
                svg.add("<circle class=\"of-%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", peer, x, y, DOT);
                labels.removeIf(label -> label.peer().equals(peer));
                labels.add(new Label(peer, peer + " " + figure.format(spread.median()) + where(result), y));
            });
        }
        svg.add("<polyline class=\"line-%s\" points=\"%s\"/>", peer, corners.toString().strip());
    }

    /** Nothing at the last point, where the label stands. */
    private String where(Result result) {
        Series.Point point = result.workload.point.orElseThrow();
        List<Series.Point> points = points();
        return point.equals(points.get(points.size() - 1)) ? "" : " at " + point.shown();
    }

    /** From the bottom to the top, each above the one before where they would touch. */
    private void place(List<Label> labels, double x, double bottom) {
        double most = bottom;
        List<Label> fromBelow = labels.stream()
                .sorted(Comparator.comparingDouble(Label::y).reversed())
                .toList();
        for (Label label : fromBelow) {
            double y = Math.min(label.y(), most);
            svg.text(x, y + 4, "of-" + label.peer(), label.words());
            most = y - LABEL_HEIGHT;
        }
    }

    private static String shown(double tick) {
        return String.format(Locale.ROOT, tick == Math.rint(tick) ? "%,.0f" : "%.1f", tick);
    }
}
