package dev.weir.vitals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression names. Not a parser: it takes matchers, groupings, ranges and strings away, and what is then left
 * of words are functions, keywords, which it knows, and metrics.
 *
 * @param selectors each metric with its matchers: label, then operator and value
 * @param groupings the labels of {@code by}, {@code without} and the like
 */
record PromQl(List<Selector> selectors, Set<String> groupings) {
    /** A metric and what of it is wanted. */
    record Selector(String metric, Map<String, String> matchers) {}

    private static final Set<String> WORDS = Set.of(
            "sum",
            "rate",
            "increase",
            "predict_linear",
            "histogram_quantile",
            "label_values",
            "and",
            "or",
            "unless",
            "by",
            "without",
            "on",
            "ignoring");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring) ?\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*})?(\\[[^\\]]*])?");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*) ?(=~|!~|!=|=) ?\"([^\"]*)\"");
    private static final Pattern LABEL_OF = Pattern.compile("^(label_values\\(.*), ?(\\w+)\\)$");

    static PromQl of(String expression) {
        Set<String> groupings = new TreeSet<>();
        String rest = expression;
        Matcher labelOf = LABEL_OF.matcher(rest);
        if (labelOf.matches()) {
            groupings.add(labelOf.group(2));
            rest = labelOf.group(1) + ")";
        }
        Matcher grouping = GROUPING.matcher(rest);
        while (grouping.find()) {
            groupings.addAll(List.of(grouping.group(2).split(", ?")));
        }
        List<Selector> selectors = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(grouping.replaceAll("").replaceAll("\\b\\d+(\\.\\d+)?\\b", "0"));
        while (selector.find()) {
            if (!WORDS.contains(selector.group(1))) {
                selectors.add(new Selector(selector.group(1), matchers(selector.group(2))));
            }
        }
        return new PromQl(selectors, groupings);
    }

    private static Map<String, String> matchers(String braces) {
        Map<String, String> matchers = new TreeMap<>();
        if (braces != null) {
            Matcher matcher = MATCHER.matcher(braces);
            while (matcher.find()) {
                matchers.put(matcher.group(1), matcher.group(2) + matcher.group(3));
            }
        }
        return matchers;
    }
}
