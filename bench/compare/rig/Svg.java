import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawing in the look that all charts share, light or dark as its reader has it. Threads: one. */
final class Svg {
    static final int WIDTH = 880;
    static final int PANEL_WIDTH = 420;
    static final int PER_ROW = 2;
    static final int MARGIN = 16;
    static final int HEAD_HEIGHT = 44;
    static final int TEXT_DROP = 12;

    private static final int LINE_LETTERS = 130;
    private static final String STYLE = """
            <style>
              text { font: 12px sans-serif; fill: #24292f } .title { font-weight: bold } .head { font-size: 15px; font-weight: bold }
              .note { fill: #57606a; font-size: 11px } .end { text-anchor: end } .middle { text-anchor: middle }
              rect.bar { fill: #8c959f } rect.weir { fill: #0969da } rect.ground { fill: #ffffff }
              line { stroke: #24292f } line.grid { stroke: #d8dee4 } line.spread, polyline { fill: none; stroke-width: 1.8 }
              .line-weir { stroke: #0969da } .line-nginx { stroke: #57606a } .line-undertow { stroke: #bc4c00 }
              .of-weir { fill: #0969da; font-weight: bold } .of-nginx { fill: #57606a } .of-undertow { fill: #bc4c00 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 } .note { fill: #9ea7b3 } rect.ground { fill: #0d1117 }
                rect.bar { fill: #6e7681 } rect.weir { fill: #388bfd } line { stroke: #e6edf3 } line.grid { stroke: #30363d }
                .line-weir { stroke: #58a6ff } .line-nginx { stroke: #b1bac4 } .line-undertow { stroke: #f0883e }
                .of-weir { fill: #58a6ff } .of-nginx { fill: #b1bac4 } .of-undertow { fill: #f0883e }
              }
            </style>
            """;

    private final StringBuilder shapes = new StringBuilder();

    void text(double x, double y, String kind, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", kind, x, y, escaped);
    }

    void line(String kind, double fromX, double fromY, double toX, double toY) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", kind, fromX, fromY, toX, toY);
    }

    /** An element, with numbers that have a point whatever the locale. */
    void add(String format, Object... values) {
        shapes.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The whole document, with what was measured and on what from {@code y} on. */
    String document(String title, Run run, String note, int y) {
        int bottom = y;
        text(MARGIN, bottom, "note", run.when() + "; " + run.settings());
        bottom += MARGIN;
        text(MARGIN, bottom, "note", note);
        for (String fact : facts(run)) {
            bottom += MARGIN;
            text(MARGIN, bottom, "note", fact);
        }
        int height = bottom + MARGIN;
        String size = "width=\"" + WIDTH + "\" height=\"" + height + "\"";
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height + "\" " + size
                + " role=\"img\">\n<title>" + title + "</title>\n" + STYLE + "<rect class=\"ground\" " + size + "/>\n"
                + shapes + "</svg>\n";
    }

    private static List<String> facts(Run run) {
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
}
