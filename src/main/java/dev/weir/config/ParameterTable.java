package dev.weir.config;

import java.util.List;

/** The README's tables of parameters, made from the declarations alone. */
public final class ParameterTable {
    private ParameterTable() {}

    /** Two tables in Markdown, the shared parameters and a route's, with a line break at the end. */
    public static String markdown() {
        return table("shared (context-param `weir.NAME`)", SharedParameters.all()) + "\n"
                + table("of a route (init-param)", RouteParameters.all());
    }

    private static String table(String title, List<Parameter<?>> parameters) {
        StringBuilder table =
                new StringBuilder("| " + title + " | default | expected | meaning |\n|---|---|---|---|\n");
        for (Parameter<?> parameter : parameters) {
            table.append(row("`" + parameter.name() + "`", "`" + parameter.defaultText() + "`", parameter));
        }
        return table.toString();
    }

    private static String row(String name, String defaultText, Parameter<?> parameter) {
        return String.join(" | ", "| " + name, defaultText, cell(parameter.expected()), cell(parameter.meaning()))
                + " |\n";
    }

    private static String cell(String text) {
        return text.replaceAll("([|\\\\*_`~<>])", "\\\\$1");
    }
}
