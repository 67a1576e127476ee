import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        run.results().stream().map(result -> result.workload).distinct().forEach(report::table);
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

    private void table(Workload workload) {
        List<Result> results = run.of(workload);
        List<Figure> figures = Arrays.stream(Figure.values())
                .filter(figure -> results.stream()
                        .anyMatch(result -> result.spread(figure).isPresent()))
                .toList();
        Figure compared = workload == Workload.START ? Figure.START : Figure.CPU;
        List<String> measured =
                results.stream().map(result -> result.peer.name()).toList();
        List<String> yardsticks = YARDSTICKS.stream()
                .map(names -> names.stream().filter(measured::contains).toList())
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
        List<String> cells = new ArrayList<>(List.of("peer"));
        figures.forEach(figure -> {
            cells.add(figure.title);
            if (figure == compared) {
                yardsticks.forEach(yardstick -> cells.add("× " + yardstick));
            }
        });
        cells.add("rounds");
        line("");
        line("## " + workload.label + ": " + workload.title);
        line("");
        row(cells);
        row(cells.stream().map(cell -> "---").toList());
        for (Result result : results) {
            row(cells(result, figures, compared, yardsticks));
        }
        results.forEach(result -> result.faults().forEach(fault -> {
            line("");
            line("**" + result.peer.name() + "**, not counted: " + fault.lines().collect(Collectors.joining(" / ")));
        }));
    }

    private List<String> cells(Result result, List<Figure> figures, Figure compared, List<String> yardsticks) {
        List<String> cells = new ArrayList<>(List.of(result.peer.name()));
        for (Figure figure : figures) {
            cells.add(result.spread(figure).map(spread -> spread.format(figure)).orElse("–"));
            if (figure == compared) {
                yardsticks.forEach(yardstick -> cells.add(run.ratio(result, yardstick, figure)
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                        .orElse("–")));
            }
        }
        int attempted = run.rounds();
        cells.add(result.counted() == attempted ? String.valueOf(attempted) : result.counted() + " of " + attempted);
        return cells;
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
