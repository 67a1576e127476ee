package dev.weir.it;

import dev.weir.it.ConformanceRecord.Rows;
import dev.weir.it.ConformanceRecord.Said;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * {@code docs/conformance.md}, as the tests say it. When all are over it is written to {@code target}; after a run of
 * everything, the one in {@code docs} must be the same.
 */
final class ConformanceTable implements AutoCloseable {
    private static final Path DOCUMENT = Path.of("docs", "conformance.md");
    private static final Path WRITTEN = Path.of("target", "conformance.md");
    private static final String HEAD = """
            # Conformance

            What Weir holds, and in which of its homes. Each row is a test of that name; the test run writes this table, and
            fails where it is not the one in `docs`.

            **yes**: the test holds there. **differs**: the home falls short of it, in the way that the last column tells,
            and the test holds that. **–**: not tried there; what the section is about is not that home's.
            """;
    private static final Map<Home, String> HOMES = Map.of(
            Home.LAUNCHER, "launcher",
            Home.JETTY, "Jetty",
            Home.TOMCAT_11, "Tomcat 11",
            Home.TOMCAT_10_1, "Tomcat 10.1");

    private final Map<Class<?>, Rows> sections = new ConcurrentHashMap<>();

    Rows rows(Class<?> section) {
        return sections.computeIfAbsent(section, unknown -> new Rows());
    }

    @Override
    public void close() throws IOException {
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, text());
        if (isComplete()
                && !(Files.exists(DOCUMENT) && Files.readString(DOCUMENT).equals(text()))) {
            throw new AssertionError(DOCUMENT + " is not what the tests say; " + WRITTEN + " is");
        }
    }

    /** Whether every test of every section has run where it can: none was left out, or skipped for want of a tool. */
    private boolean isComplete() {
        List<Class<?>> all = ReflectionSupport.findAllClassesInPackage(
                ConformanceTable.class.getPackageName(),
                type -> type.isAnnotationPresent(Conforms.class),
                name -> true);
        return ChosenHomes.all().count() == Home.values().length
                && all.stream().allMatch(type -> tests(type).stream().allMatch(test -> hasRun(type, test)));
    }

    private boolean hasRun(Class<?> type, Method test) {
        List<FallsShort> shorts = List.of(test.getAnnotationsByType(FallsShort.class));
        Map<Home, Said> said = sections.getOrDefault(type, new Rows()).of(test.getName());
        return !said.isEmpty()
                && said.entrySet().stream()
                        .noneMatch(one -> one.getValue() == Said.NOT_TRIED && !isShort(shorts, one.getKey()));
    }

    private String text() {
        return sections.keySet().stream()
                .sorted(Comparator.comparing((Class<?> section) ->
                                section.getAnnotation(Conforms.class).title())
                        .thenComparing(Class::getName))
                .map(this::section)
                .collect(Collectors.joining("\n", HEAD + "\n", ""));
    }

    private String section(Class<?> type) {
        Conforms conforms = type.getAnnotation(Conforms.class);
        List<FallsShort> elsewhere = List.of(type.getAnnotationsByType(FallsShort.class));
        String homes = Stream.of(Home.values()).map(HOMES::get).collect(Collectors.joining(" | ", "| | ", " | |\n"));
        return "## " + conforms.title() + "\n\n" + conforms.to() + "."
                + (elsewhere.isEmpty() ? "" : " " + reasons(elsewhere) + ".") + "\n\n" + homes
                + "|---|---|---|---|---|---|\n"
                + tests(type).stream().map(test -> row(type, test)).collect(Collectors.joining());
    }

    private String row(Class<?> type, Method test) {
        List<FallsShort> shorts = List.of(test.getAnnotationsByType(FallsShort.class));
        Map<Home, Said> said = rows(type).of(test.getName());
        String cells = Stream.of(Home.values())
                .map(home -> cell(said.getOrDefault(home, Said.NOT_TRIED), isShort(shorts, home)))
                .collect(Collectors.joining(" | "));
        return "| " + words(test.getName()) + " | " + cells + " | " + reasons(shorts) + " |\n";
    }

    private static String reasons(List<FallsShort> shorts) {
        return shorts.stream()
                .map(one -> names(List.of(one.in())) + ": " + one.why())
                .collect(Collectors.joining("; "));
    }

    private static boolean isShort(List<FallsShort> shorts, Home home) {
        return shorts.stream().anyMatch(one -> List.of(one.in()).contains(home));
    }

    private static String cell(Said said, boolean falls) {
        return switch (said) {
            case HOLDS -> falls ? "differs" : "yes";
            case NOT_TRIED -> falls ? "differs" : "–";
            case FAILS -> "FAILS";
        };
    }

    private static String names(Collection<Home> homes) {
        return homes.stream()
                .map(HOMES::get)
                .collect(Collectors.joining(", "))
                .replace("Tomcat 11, Tomcat 10.1", "Tomcat");
    }

    /** {@code aHeadOf16KiBPasses} is "a head of 16 KiB passes". */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])", " ")
                .replace("Ki B", "KiB")
                .toLowerCase(Locale.ROOT)
                .replace("kib", "KiB");
    }

    private static List<Method> tests(Class<?> type) {
        return AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN).stream()
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }
}
