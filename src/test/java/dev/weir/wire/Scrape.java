package dev.weir.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Metrics in Prometheus's text format 0.0.4, read as strictly as it is written down: every family has its type before its
 * samples, which stand together, and none is there twice.
 *
 * @param types by family
 */
public record Scrape(Map<String, String> types, List<Sample> samples) {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (NaN|[+-]Inf|[+-]?\\d+(?:\\.\\d+)?(?:E-?\\d+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(?:,|$)");

    /** One value. */
    public record Sample(String family, String name, Map<String, String> labels, double value) {}

    /** Reads it, or throws what is wrong with which line. */
    public static Scrape of(String text) {
        Scrape scrape = new Scrape(new LinkedHashMap<>(), new ArrayList<>());
        Set<List<Object>> seen = new HashSet<>();
        String family = "";
        for (String line : text.split("\n")) {
            if (line.startsWith("#")) {
                family = scrape.comment(line);
            } else {
                Sample sample = sample(family, scrape.types.get(family), line);
                require(seen.add(List.of(sample.name(), sample.labels())), "is there twice", line);
                scrape.samples.add(sample);
            }
        }
        require(text.endsWith("\n"), "has no end", text.substring(Math.max(0, text.length() - 80)));
        return scrape;
    }

    private String comment(String line) {
        Matcher comment = COMMENT.matcher(line);
        require(comment.matches(), "is neither HELP nor TYPE", line);
        if (comment.group(1).equals("TYPE")) {
            require(comment.group(3).matches("counter|gauge|histogram|summary|untyped"), "is of an unknown type", line);
            require(types.put(comment.group(2), comment.group(3)) == null, "has its type twice", line);
        }
        return comment.group(2);
    }

    private static Sample sample(String family, String type, String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), "is no sample", line);
        String suffix =
                sample.group(1).startsWith(family) ? sample.group(1).substring(family.length()) : "of another family";
        boolean histogram = "histogram".equals(type) || "summary".equals(type);
        require(
                type != null && suffix.matches(histogram ? "|_bucket|_count|_sum" : ""),
                "belongs to no family above it",
                line);
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            int end = 0;
            while (label.lookingAt()) {
                labels.put(label.group(1), label.group(2));
                end = label.end();
                label.region(end, sample.group(2).length());
            }
            require(end == sample.group(2).length(), "has labels that end in the middle", line);
        }
        return new Sample(family, sample.group(1), labels, value(sample.group(3)));
    }

    private static double value(String text) {
        return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static void require(boolean holds, String what, String line) {
        if (!holds) {
            throw new AssertionError("A line " + what + ": " + line);
        }
    }

    /** The samples of this name. */
    public Stream<Sample> named(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name));
    }

    /** The sum of the samples of this name that have these labels: name, value, name, value. */
    public double sum(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        Predicate<Sample> has = sample -> sample.labels().entrySet().containsAll(wanted.entrySet());
        return named(name).filter(has).mapToDouble(Sample::value).sum();
    }

    /** A whole one would bury the message that it stands in. */
    @Override
    public String toString() {
        return samples.size() + " samples";
    }
}
