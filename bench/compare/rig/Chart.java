import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run as an SVG: for each workload a bar of CPU per request for each peer, with its spread. */
final class Chart {
    private static final int WIDTH = 880;
    private static final int PANEL_WIDTH = 420;
    private static final int PER_ROW = 2;
    private static final int MARGIN = 16;
    private static final int NAME_WIDTH = 96;
    private static final int BAR_WIDTH = 170;
    private static final int BAR_HEIGHT = 14;
    private static final int LINE_HEIGHT = 20;
    private static final int TITLE_HEIGHT = 34;
    private static final int HEAD_HEIGHT = 44;
    private static final int LINE_LETTERS = 130;
    private static final String STYLE = """
            <style>
              text { font: 12px sans-serif; fill: #24292f } .title { font-weight: bold } .head { font-size: 15px; font-weight: bold }
              .note { fill: #57606a; font-size: 11px } rect.bar { fill: #8c959f } rect.weir { fill: #0969da } line { stroke: #24292f }
              rect.ground { fill: #ffffff }
            </style>
            """;

    private final Run run;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Run run) {
        this.run = run;
    }

    static String of(Run run) {
        return new Chart(run).draw();
    }

    private String draw() {
        List<Workload> workloads =
                run.results().stream().map(result -> result.workload).distinct().toList();
        text(MARGIN, MARGIN + 12, "head", "CPU per request of the proxy's own processes (less is better)");
        int y = HEAD_HEIGHT;
        for (int i = 0; i < workloads.size(); i += PER_ROW) {
            int height = 0;
            for (int column = 0; column < PER_ROW && i + column < workloads.size(); column++) {
                height = Math.max(height, panel(workloads.get(i + column), MARGIN + column * PANEL_WIDTH, y));
            }
            y += height + MARGIN;
        }
        text(MARGIN, y, "note", run.when() + "; " + run.settings() + "; the line is the spread of the rounds");
        for (String line : facts()) {
            y += MARGIN;
            text(MARGIN, y, "note", line);
        }
        int height = y + MARGIN;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" width=\"" + WIDTH
                + "\" height=\"" + height
                + "\" role=\"img\">\n<title>CPU per request of Weir and other proxies</title>\n"
                + STYLE + "<rect class=\"ground\" width=\"" + WIDTH + "\" height=\"" + height + "\"/>\n" + svg
                + "</svg>\n";
    }

    private List<String> facts() {
        List<String> lines = new ArrayList<>(List.of(""));
        run.facts().forEach((name, value) -> {
            String fact = name + ": " + value;
            int last = lines.size() - 1;
            if (lines.get(last).length() + fact.length() > LINE_LETTERS) {
                lines.add(fact);
            } else {
                lines.set(last, lines.get(last) + (lines.get(last).isEmpty() ? "" : "; ") + fact);
            }
        });
        return lines;
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
        text(x, top + 12, "title", workload.label + ": " + workload.title);
        text(x, top + 26, "note", figure.title);
        int y = top + TITLE_HEIGHT;
        for (Result result : results) {
            text(x, y + 11, "", result.peer.name());
            int left = x + NAME_WIDTH;
            int row = y;
            result.spread(figure)
                    .ifPresentOrElse(
                            spread -> bar(left, row, result, spread, figure, BAR_WIDTH / most),
                            () -> text(left, row + 11, "note", "no round without errors"));
            y += LINE_HEIGHT;
        }
        return y - top;
    }

    private void bar(int x, int y, Result result, Spread spread, Figure figure, double scale) {
        String kind = result.peer.name().startsWith("weir") ? "bar weir" : "bar";
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                kind,
                x,
                y,
                spread.median() * scale,
                BAR_HEIGHT));
        int middle = y + BAR_HEIGHT / 2;
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                x + spread.min() * scale,
                middle,
                x + spread.max() * scale,
                middle));
        String ratio = run.ratio(result, "nginx", figure)
                .map(times -> String.format(Locale.ROOT, times < 10 ? " (%.2f × nginx)" : " (%.0f × nginx)", times))
                .orElse("");
        text((int) (x + spread.max() * scale) + 5, y + 11, "", figure.format(spread.median()) + ratio);
    }

    private void text(int x, int y, String kind, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append("<text class=\"" + kind + "\" x=\"" + x + "\" y=\"" + y + "\">" + escaped + "</text>\n");
    }
}
