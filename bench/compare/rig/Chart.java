import java.util.List;
import java.util.Locale;

/** A run as an SVG: for each workload a bar of CPU per request for each peer, with its spread. */
final class Chart {
    private static final int NAME_WIDTH = 96;
    private static final int BAR_WIDTH = 170;
    private static final int BAR_HEIGHT = 14;
    private static final int LINE_HEIGHT = 20;
    private static final int TITLE_HEIGHT = 34;

    private final Run run;
    private final Svg svg = new Svg();

    private Chart(Run run) {
        this.run = run;
    }

    static String of(Run run) {
        return new Chart(run).draw();
    }

    private String draw() {
        List<Workload> workloads =
                run.results().stream().map(result -> result.workload).distinct().toList();
        svg.text(
                Svg.MARGIN,
                Svg.MARGIN + Svg.TEXT_DROP,
                "head",
                "CPU per request of the proxy's own processes (less is better)");
        int y = Svg.HEAD_HEIGHT;
        for (int i = 0; i < workloads.size(); i += Svg.PER_ROW) {
            int height = 0;
            for (int column = 0; column < Svg.PER_ROW && i + column < workloads.size(); column++) {
                height = Math.max(height, panel(workloads.get(i + column), Svg.MARGIN + column * Svg.PANEL_WIDTH, y));
            }
            y += height + Svg.MARGIN;
        }
        return svg.document(
                "CPU per request of Weir and other proxies", run, "The lines are the spread of the rounds.", y);
    }

    /** Draws one workload, and says how high it became. */
    private int panel(Workload workload, int x, int top) {
        Figure figure = workload == Workload.START ? Figure.START : Figure.CPU;
        List<Result> results = run.of(workload);
        double most = results.stream()
                .flatMap(result -> result.spread(figure).stream())
                .mapToDouble(Spread::max)
                .max()
                .orElse(1);
        svg.text(x, top + 12, "title", workload.label + ": " + workload.title);
        svg.text(x, top + 26, "note", figure.title);
        int y = top + TITLE_HEIGHT;
        for (Result result : results) {
            svg.text(x, y + 11, "", result.peer.name());
            int left = x + NAME_WIDTH;
            int row = y;
            result.spread(figure)
                    .ifPresentOrElse(
                            spread -> bar(left, row, result, spread, figure, BAR_WIDTH / most),
                            () -> svg.text(left, row + 11, "note", "no round without errors"));
            y += LINE_HEIGHT;
        }
        return y - top;
    }

    private void bar(int x, int y, Result result, Spread spread, Figure figure, double scale) {
        String kind = result.peer.name().startsWith("weir") ? "bar weir" : "bar";
        svg.add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                kind,
                x,
                y,
                spread.median() * scale,
                BAR_HEIGHT);
        int middle = y + BAR_HEIGHT / 2;
        svg.line("", x + spread.min() * scale, middle, x + spread.max() * scale, middle);
        String ratio = run.ratio(result, "nginx", figure)
                .map(times -> String.format(Locale.ROOT, times < 10 ? " (%.2f × nginx)" : " (%.0f × nginx)", times))
                .orElse("");
        svg.text(x + spread.max() * scale + 5, y + 11, "", figure.format(spread.median()) + ratio);
    }
}
