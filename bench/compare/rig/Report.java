import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run in Markdown: a table for each workload, medians with (min..max), and what they were measured on. */
final class Report {
    /** The first of these pairs of which one was measured is what the others are compared with. */
    private static final List<List<String>> YARDSTICKS =
            List.of(List.of("nginx", "undertow"), List.of("stock", "stock-tomcat"), List.of("jetty-core"));

    private final Run run;
    private final StringBuilder text = new StringBuilder();

    private Report(Run run) {
        this.run = run;
    }

    static String of(Run run) {
        Report report = new Report(run);
        report.heading();
        run.sections().forEach(report::table);
        return report.text.toString();
    }

    private void heading() {
        line("# Weir beside others, " + run.when());
        line("");
        line(run.settings()
                + ". Medians of the rounds, with (least..most) where they differ; CPU is that of the peer's own"
                + " processes; ratios are those of the medians.");
        line("");
        run.facts().forEach((name, value) -> line("- " + name + ": " + value));
        run.skipped()
                .forEach((name, why) -> line(
                        "- skipped: " + name + ": " + why.lines().findFirst().orElse("")));
    }

    private void table(List<Result> results) {
        Optional<Series.Point> first = results.get(0).workload.point;
        List<Figure> figures = Arrays.stream(Figure.values())
                .filter(figure -> results.stream()
                        .anyMatch(result -> result.spread(figure).isPresent()))
                .toList();
        Figure compared = results.get(0).workload == Workload.START ? Figure.START : Figure.CPU;
        List<String> measured =
                results.stream().map(result -> result.peer.name()).toList();
        List<String> yardsticks = YARDSTICKS.stream()
                .map(names -> names.stream().filter(measured::contains).toList())
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
        List<String> cells = new ArrayList<>();
        first.ifPresent(point -> cells.add(point.series().label));
        cells.add("peer");
        figures.forEach(figure -> {
            cells.add(figure.title);
            if (figure == compared) {
                yardsticks.forEach(yardstick -> cells.add("× " + yardstick));
                first.ifPresent(point -> cells.add("× its own at " + point.shown()));
            }
        });
        cells.add("rounds");
        line("");
        line("## " + results.get(0).section());
        line("");
        row(cells);
        row(cells.stream().map(cell -> "---").toList());
        for (Result result : results) {
            row(cells(result, figures, compared, yardsticks));
        }
        results.forEach(result -> result.faults().forEach(fault -> {
            line("");
            String point = result.workload.point.map(at -> " at " + at.shown()).orElse("");
            line("**" + result.peer.name() + "**" + point + ", not counted: " + fault.lines().collect(Collectors.joining(" / ")));
        }));
    }

    private List<String> cells(Result result, List<Figure> figures, Figure compared, List<String> yardsticks) {
        List<String> cells = new ArrayList<>();
        result.workload.point.ifPresent(point -> cells.add(point.shown()));
        cells.add(result.peer.name());
        for (Figure figure : figures) {
            cells.add(result.spread(figure).map(spread -> spread.format(figure)).orElse("–"));
            if (figure == compared) {
                yardsticks.forEach(yardstick -> cells.add(ratio(run.ratio(result, yardstick, figure))));
                result.workload.point.ifPresent(point -> cells.add(ratio(run.growth(result, figure))));
            }
        }
        int attempted = run.rounds();
        cells.add(result.counted() == attempted ? String.valueOf(attempted) : result.counted() + " of " + attempted);
        return cells;
    }

    private static String ratio(Optional<Double> ratio) {
        return ratio.map(times -> String.format(Locale.ROOT, "%.2f", times)).orElse("–");
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
