package dev.weir.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The proxy settings of the machine and of the JVM. They are never followed: one that leads back here made the loop of
 * the founding story, and nobody saw it in any configuration. One note names those that were found, since a user may
 * have counted on them. Their values are not shown, for they may hold credentials.
 */
final class SystemProxies {
    /** As curl and many others read them, in lower and in upper case. */
    private static final List<String> VARIABLES = List.of("http_proxy", "https_proxy", "all_proxy", "no_proxy");

    /** As {@link java.net.ProxySelector} reads them. */
    private static final List<String> PROPERTIES = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");

    private static final String USE_SYSTEM = "java.net.useSystemProxies";

    private SystemProxies() {}

    static void note(Sources sources, Findings findings) {
        List<String> found = found(sources);
        if (!found.isEmpty()) {
            findings.note("Proxy settings of the system are never followed; found and ignored: "
                    + String.join(", ", found) + ". weir.upstreamProxy names a proxy that is to be used.");
        }
    }

    private static List<String> found(Sources sources) {
        List<String> found = new ArrayList<>();
        for (String variable : VARIABLES) {
            addIfSet(variable, sources.environment(), "", found);
            addIfSet(variable.toUpperCase(Locale.ROOT), sources.environment(), "", found);
        }
        PROPERTIES.forEach(property -> addIfSet(property, sources.systemProperties(), "-D", found));
        if ("true".equalsIgnoreCase(sources.systemProperties().get(USE_SYSTEM))) {
            found.add("-D" + USE_SYSTEM);
        }
        return found;
    }

    private static void addIfSet(String name, Map<String, String> settings, String before, List<String> found) {
        if (!settings.getOrDefault(name, "").isBlank()) {
            found.add(before + name);
        }
    }
}
