package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.util.ajax.JSON;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/metrics.md}, the dashboard and the alert rules to what a running Weir says. */
class MetricsDocsTest {
    private static final Path DASHBOARD = Path.of("docs", "grafana", "weir-dashboard.json");
    private static final Path ALERTS = Path.of("docs", "alerts", "weir-alerts.yml");
    /** What Prometheus itself adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");
    /** Labels with few values of our own, of which a misspelt one would never show. */
    private static final Set<String> CLOSED = Set.of("weir_outcome", "state", "http_connection_state", "area", "id");

    private static ScriptedTraffic weir;
    private static Scrape scrape;

    @BeforeAll
    static void start() {
        weir = new ScriptedTraffic();
        scrape = weir.scrape();
    }

    @AfterAll
    static void stop() {
        weir.close();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** By family, the labels of its samples but for the bucket's bound. */
    private static Map<String, Set<String>> measured() {
        Map<String, Set<String>> labels = new TreeMap<>();
        scrape.samples()
                .forEach(sample -> labels.computeIfAbsent(sample.family(), any -> new TreeSet<>())
                        .addAll(sample.labels().keySet()));
        labels.values().forEach(all -> all.remove("le"));
        return labels;
    }

    /** The same, as the tables of the page have it. */
    private static Map<String, Set<String>> documented() {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : read(Path.of("docs", "metrics.md")).split("\n")) {
            String[] cells = line.split(" ?\\| ?");
            if (cells.length == 5 && cells[1].startsWith("`")) {
                words(cells[1]).forEach(metric -> labels.put(metric, words(cells[3])));
            }
        }
        return labels;
    }

    private static Set<String> words(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOurs(String metric) {
        return metric.startsWith("weir_") || metric.startsWith("http_");
    }

    @Test
    void thePageHasEachOfOurMetricsWithItsLabelsAndNoOther() {
        Map<String, Set<String>> ours = measured();
        ours.keySet().removeIf(metric -> !isOurs(metric));
        Map<String, Set<String>> page = documented();
        page.keySet().removeIf(metric -> !isOurs(metric));
        assertThat(page).hasSizeGreaterThan(30).isEqualTo(ours);
    }

    @Test
    void whatThePageHasOfTheJvmIsThere() {
        Map<String, Set<String>> page = documented();
        page.keySet().removeIf(MetricsDocsTest::isOurs);
        assertThat(measured()).containsAllEntriesOf(page);
    }

    static Stream<String> expressions() {
        List<String> found = new ArrayList<>();
        collect(new JSON().fromJSON(read(DASHBOARD)), found);
        Pattern.compile("(?m)^ *expr: (.*)$")
                .matcher(read(ALERTS))
                .results()
                .map(rule -> rule.group(1))
                .forEach(found::add);
        return found.stream().distinct();
    }

    /** Every {@code expr}, and the {@code query} of every variable. */
    private static void collect(Object json, List<String> found) {
        if (json instanceof Map<?, ?> object) {
            object.forEach((name, value) -> {
                if (value instanceof String text && (name.equals("expr") || name.equals("definition"))) {
                    found.add(text);
                }
                collect(value, found);
            });
        } else if (json instanceof Object[] array) {
            Stream.of(array).forEach(one -> collect(one, found));
        }
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void whatAnExpressionNamesIsThere(String expression) {
        PromQl query = PromQl.of(expression);
        assertThat(query.selectors()).isNotEmpty();
        Set<String> known = new TreeSet<>(OF_PROMETHEUS);
        for (PromQl.Selector selector : query.selectors()) {
            if (!selector.metric().equals("up")) { // Prometheus's own
                known.addAll(labels(selector));
            }
        }
        assertThat(known).containsAll(query.groupings());
    }

    /** The labels of a metric that is there, with every matcher's label, and values that occur. */
    private static Set<String> labels(PromQl.Selector selector) {
        List<Scrape.Sample> samples = scrape.named(selector.metric()).toList();
        assertThat(samples).as("samples of " + selector.metric()).isNotEmpty();
        Set<String> labels = new TreeSet<>();
        samples.forEach(sample -> labels.addAll(sample.labels().keySet()));
        selector.matchers().forEach((label, matcher) -> {
            if (!OF_PROMETHEUS.contains(label)) {
                assertThat(labels).as("labels of " + selector.metric()).contains(label);
            }
            if (CLOSED.contains(label)) {
                String value = matcher.replaceFirst("^[=!~]+", "");
                assertThat(samples.stream().map(sample -> sample.labels().get(label)))
                        .contains(value.split("\\|"));
            }
        });
        return labels;
    }

    @Test
    void bothFilesHaveExpressions() {
        assertThat(expressions().filter(one -> one.contains("$job")).count()).isGreaterThan(30);
        assertThat(expressions().filter(one -> !one.contains("$")).count()).isGreaterThan(9);
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhatToDo() {
        String[] rules = read(ALERTS).split("- alert: ");
        for (String rule : List.of(rules).subList(1, rules.length)) {
            assertThat(rule).contains("expr: ", "severity: ", "summary: \"", "description: \"", "docs/outcomes.md");
        }
    }

    @Test
    void theDashboardKnowsNoInstallation() {
        Map<String, Object> json = new LinkedHashMap<>();
        ((Map<?, ?>) new JSON().fromJSON(read(DASHBOARD))).forEach((name, value) -> json.put((String) name, value));
        assertThat(json).doesNotContainKeys("id", "uid", "gnetId");
        List<String> sources = Pattern.compile("\"uid\": *\"([^\"]*)\"")
                .matcher(read(DASHBOARD))
                .results()
                .map((MatchResult uid) -> uid.group(1))
                .distinct()
                .toList();
        assertThat(sources).containsExactly("${datasource}");
    }
}
