package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.Origin;
import dev.weir.config.Parameter;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.Setting;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code --explain-config}: every parameter with its value, where that comes from and what it means, as a table. */
final class ExplainedConfiguration {
    private static final String GAP = "  ";

    /** Stands for the address that the demo gets when it starts. */
    private static final String SAMPLE_UPSTREAM = "http://sample-upstream";

    private final Options options;

    private ExplainedConfiguration(Options options) {
        this.options = options;
    }

    /**
     * Prints what a start would use, and starts nothing.
     *
     * @throws StartFailedException where the configuration is wrong
     */
    static void print(Options options, PrintStream out) throws StartFailedException {
        Configuration configuration = Launcher.read(options.withDemoAt(SAMPLE_UPSTREAM), any -> List.of());
        ExplainedConfiguration explained = new ExplainedConfiguration(options);
        out.println("Shared by all routes");
        explained.table(SharedParameters.all(), configuration.shared(), "").forEach(out::println);
        for (RouteConfiguration route : configuration.routes()) {
            out.println();
            out.println(
                    route.servletName().equals(ForwardProxy.SERVLET)
                            ? "Forward proxy: --set " + route.prefix() + ".NAME=VALUE"
                            : "Route " + route.servletName() + ": requests below " + route.prefix() + "/");
            explained
                    .table(RouteParameters.all(), route.values(), route.servletName())
                    .forEach(out::println);
        }
        configuration.notes().forEach(note -> out.println("\n" + note));
    }

    private List<String> table(List<Parameter<?>> parameters, Values values, String servlet) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"name", "value", "from", "meaning"});
        for (Parameter<?> parameter : parameters) {
            Setting<?> setting = values.setting(parameter);
            rows.add(new String[] {parameter.name(), setting.text(), from(setting, servlet), parameter.meaning()});
        }
        int[] widths = new int[3];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** A route of the command line is told as it was written, not as the setting that it becomes. */
    private String from(Setting<?> setting, String servlet) {
        return options.routes().stream()
                .filter(route -> route.servletName().equals(servlet))
                .filter(route -> setting.parameter() == RouteParameters.PROXY_TO)
                .filter(route -> setting.origin() == Origin.COMMAND_LINE)
                .map(route -> route.proxyTo().isEmpty() ? "--demo" : "--route " + route.prefix())
                .findFirst()
                .orElse(setting.where());
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(GAP).append(row[column]).append(" ".repeat(widths[column] - row[column].length()));
        }
        return line.append(GAP).append(row[widths.length]).toString();
    }
}
