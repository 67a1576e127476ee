package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.ExplainedSetting;
import dev.weir.config.Origin;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.Setting;
import dev.weir.config.SharedParameters;
import dev.weir.vitals.WorkedOut;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * {@code --explain-config}: every parameter with its value and where that comes from in one line, and below it what it means
 * and what it may be.
 */
final class ExplainedConfiguration {
    private static final String INDENT = "      ";

    /** Stands for the address that the demo gets when it starts. */
    private static final String SAMPLE_UPSTREAM = "http://sample-upstream";

    private final Options options;
    private final PrintStream out;

    private ExplainedConfiguration(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Prints what a start would use, and starts nothing.
     *
     * @throws StartFailedException where the configuration is wrong
     */
    static void print(Options options, PrintStream out) throws StartFailedException {
        Configuration configuration = Launcher.read(options.withDemoAt(SAMPLE_UPSTREAM), any -> List.of());
        new ExplainedConfiguration(options, out).print(configuration);
    }

    private void print(Configuration configuration) {
        out.println("NAME = VALUE  [where it comes from]; * marks what was set.");
        out.println("\nShared by all routes: --set NAME=VALUE");
        ExplainedSetting.of(configuration.shared(), SharedParameters.all(), WorkedOut.before(configuration.shared()))
                .forEach(this::print);
        for (RouteConfiguration route : configuration.routes()) {
            String set = "--set " + route.prefix() + ".NAME=VALUE";
            out.println(
                    route.servletName().equals(ForwardProxy.SERVLET)
                            ? "\nForward proxy: " + set
                            : "\nRoute " + route.servletName() + ": requests below " + route.prefix() + "/: " + set);
            ExplainedSetting.of(route.values(), RouteParameters.all(), Map.of()).stream()
                    .map(setting -> asWritten(setting, route))
                    .forEach(this::print);
        }
        configuration.notes().forEach(note -> out.println("\n" + Paragraph.of("", note)));
    }

    private void print(ExplainedSetting setting) {
        String mark = setting.isDefault() ? "  " : "* ";
        out.println(mark + setting.name() + " = " + setting.value() + "  [" + setting.from() + "]");
        out.println(Paragraph.of(INDENT, setting.meaning()));
        out.println(Paragraph.of(INDENT, "Expected: " + setting.expected() + "."));
    }

    /** A route of the command line is told as it was written, not as the setting that it becomes. */
    private ExplainedSetting asWritten(ExplainedSetting explained, RouteConfiguration route) {
        Setting<?> proxyTo = route.values().setting(RouteParameters.PROXY_TO);
        if (!explained.name().equals(RouteParameters.PROXY_TO.name()) || proxyTo.origin() != Origin.COMMAND_LINE) {
            return explained;
        }
        return options.routes().stream()
                .filter(given -> given.servletName().equals(route.servletName()))
                .map(given -> explained.from(given.proxyTo().isEmpty() ? "--demo" : "--route " + given.prefix()))
                .findFirst()
                .orElse(explained);
    }
}
