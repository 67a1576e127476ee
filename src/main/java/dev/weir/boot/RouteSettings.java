package dev.weir.boot;

import dev.weir.config.Problem;
import dev.weir.config.RouteParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Translates the command line's settings into the keys of {@code Configuration.COMMAND_LINE}. */
final class RouteSettings {
    private final Map<String, String> servletsByPrefix;
    private final List<Problem> problems;
    private final Map<String, String> keys = new LinkedHashMap<>();

    /**
     * @param servletsByPrefix all routes, of web.xml or of the command line
     * @param problems where it reports prefixes that no route has
     */
    RouteSettings(Map<String, String> servletsByPrefix, List<Problem> problems) {
        this.servletsByPrefix = servletsByPrefix;
        this.problems = problems;
    }

    /** {@code /a/b.timeout} becomes {@code aB.timeout}; a route's URL becomes its {@code proxyTo}. */
    Map<String, String> translate(Options options) {
        options.routes().forEach(route -> route.proxyTo().ifPresent(url -> keys.put(proxyToKey(route), url)));
        options.settings().forEach(this::add);
        return keys;
    }

    /** The key that a route's URL gets. */
    static String proxyToKey(Route route) {
        return route.servletName() + "." + RouteParameters.PROXY_TO.name();
    }

    private void add(String name, String value) {
        Optional<String> key = name.startsWith("/") ? ofPrefix(name) : Optional.of(name);
        if (key.isPresent() && keys.putIfAbsent(key.get(), value) != null) {
            problems.add(new Problem("--set " + name, value, "one value for it, and it has another", Optional.empty()));
        }
    }

    private Optional<String> ofPrefix(String name) {
        int dot = name.lastIndexOf('.');
        String prefix = dot < 0 ? name : name.substring(0, dot);
        String servlet = servletsByPrefix.get(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
        if (dot >= 0 && servlet != null) {
            return Optional.of(servlet + name.substring(dot));
        }
        String expected = dot < 0 ? "/PREFIX.NAME" : "the prefix of a route: " + prefixes();
        problems.add(new Problem("--set", name, expected, Optional.empty()));
        return Optional.empty();
    }

    private String prefixes() {
        TreeSet<String> prefixes = new TreeSet<>();
        servletsByPrefix.keySet().forEach(prefix -> prefixes.add(prefix.isEmpty() ? "/" : prefix));
        return prefixes.isEmpty() ? "there is none" : String.join(", ", prefixes);
    }
}
