package dev.weir.it;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is deployed, in words that every home understands. Each method returns a changed copy.
 *
 * @param routes replace the shipped one; without any, the WAR is deployed as it is
 * @param shared context-params, without their prefix {@code weir.}; with the WAR as it is: system properties
 * @param systemProperties by their full names
 * @param environment added to the one of the tests, from which every {@code WEIR_*} is taken away
 * @param contextPath one segment such as {@code /edge}, or empty; the launcher is always at the root
 * @param homeSettings of the home itself: attributes of Tomcat's connector, {@code errorReport.} before those of its
 *     ErrorReportValve; properties of Jetty's start, options of the
 *     launcher without their dashes, with an empty value where they take none
 * @param descriptorLimit the most descriptors the process may open; 0 for that of the tests
 * @param jvmArgs for the JVM, before everything else
 */
public record Deployment(
        List<RouteSpec> routes,
        Map<String, String> shared,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        String contextPath,
        Map<String, String> homeSettings,
        int descriptorLimit,
        List<String> jvmArgs) {
    public Deployment {
        if (!contextPath.matches("(/[^/]+)?")) {
            throw new IllegalArgumentException("contextPath: " + contextPath + " (expected: one segment, or empty)");
        }
    }

    /** The routes at {@code /edge}: not the root, so that every test meets a context path. */
    public static Deployment of(RouteSpec... routes) {
        return new Deployment(List.of(routes), Map.of(), Map.of(), Map.of(), "/edge", Map.of(), 0, List.of());
    }

    /** The WAR as it was built. */
    public static Deployment untouched() {
        return of();
    }

    public Deployment shared(String name, String value) {
        return new Deployment(
                routes,
                with(shared, name, value),
                systemProperties,
                environment,
                contextPath,
                homeSettings,
                descriptorLimit,
                jvmArgs);
    }

    public Deployment systemProperty(String name, String value) {
        return new Deployment(
                routes,
                shared,
                with(systemProperties, name, value),
                environment,
                contextPath,
                homeSettings,
                descriptorLimit,
                jvmArgs);
    }

    public Deployment environment(String name, String value) {
        return new Deployment(
                routes,
                shared,
                systemProperties,
                with(environment, name, value),
                contextPath,
                homeSettings,
                descriptorLimit,
                jvmArgs);
    }

    public Deployment at(String path) {
        return new Deployment(
                routes, shared, systemProperties, environment, path, homeSettings, descriptorLimit, jvmArgs);
    }

    public Deployment homeSetting(String name, String value) {
        return new Deployment(
                routes,
                shared,
                systemProperties,
                environment,
                contextPath,
                with(homeSettings, name, value),
                descriptorLimit,
                jvmArgs);
    }

    public Deployment descriptorLimit(int limit) {
        return new Deployment(routes, shared, systemProperties, environment, contextPath, homeSettings, limit, jvmArgs);
    }

    /** Compiled as it is for users: for what measures time, memory or load, and for what runs for long. */
    public Deployment fullyCompiled() {
        return jvmArgs("-XX:TieredStopAtLevel=4");
    }

    public Deployment jvmArgs(String... args) {
        List<String> more = Stream.concat(jvmArgs.stream(), Stream.of(args)).toList();
        return new Deployment(
                routes, shared, systemProperties, environment, contextPath, homeSettings, descriptorLimit, more);
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(some);
        more.put(name, value);
        return more;
    }
}
