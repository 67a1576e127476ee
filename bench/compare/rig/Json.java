import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run in JSON, with every value of every round that counts. */
final class Json {
    private static final int FIRST_PRINTABLE = 0x20;

    private Json() {}

    static String of(Run run) {
        String results = run.results().stream().map(Json::of).collect(Collectors.joining(",\n    "));
        return """
                {
                  "when": %s,
                  "settings": %s,
                  "rounds": %d,
                  "facts": %s,
                  "skipped": %s,
                  "results": [
                    %s
                  ]
                }
                """.formatted(
                        string(run.when()),
                        string(run.settings()),
                        run.rounds(),
                        object(run.facts()),
                        object(run.skipped()),
                        results);
    }

    private static String of(Result result) {
        StringBuilder figures = new StringBuilder();
        for (Figure figure : Figure.values()) {
            result.spread(figure)
                    .ifPresent(spread -> figures.append(figures.length() == 0 ? "" : ", ")
                            .append(string(figure.key))
                            .append(": ")
                            .append(of(spread, result.values(figure))));
        }
        String faults = result.faults().stream().map(Json::string).collect(Collectors.joining(", "));
        String point = result.workload
                .point
                .map(at -> ", \"series\": " + string(at.series().label) + ", \"amount\": " + at.amount())
                .orElse("");
        return "{\"workload\": " + string(result.workload.label) + point + ", \"peer\": " + string(result.peer.name())
                + ", \"counted\": " + result.counted() + ", \"figures\": {" + figures + "}, \"faults\": [" + faults
                + "]}";
    }

    private static String of(Spread spread, List<Double> values) {
        String all = values.stream().map(Json::number).collect(Collectors.joining(", "));
        return "{\"median\": " + number(spread.median()) + ", \"min\": " + number(spread.min()) + ", \"max\": "
                + number(spread.max()) + ", \"values\": [" + all + "]}";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> string(member.getKey()) + ": " + string(member.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String string(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
