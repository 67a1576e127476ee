package dev.weir.it;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A route as a deployer would declare it.
 *
 * @param name the servlet's; the launcher chooses its own
 * @param prefix {@code /proxy}, or {@code /} for everything
 * @param proxyTo the upstream's base URL; null leaves the route unconfigured, which the launcher has no way to say
 * @param params further init-params
 */
public record RouteSpec(String name, String prefix, String proxyTo, Map<String, String> params) {
    public RouteSpec {
        params = Map.copyOf(params);
    }

    /** A route without further parameters, named after its prefix. */
    public static RouteSpec to(String prefix, URI proxyTo) {
        String name = prefix.replaceAll("[^A-Za-z0-9]", "");
        return new RouteSpec(name.isEmpty() ? "root" : name, prefix, proxyTo.toString(), Map.of());
    }

    /** The same with one more parameter. */
    public RouteSpec with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(params);
        more.put(parameter, value);
        return new RouteSpec(name, prefix, proxyTo, more);
    }

    String urlPattern() {
        return prefix.equals("/") ? "/*" : prefix + "/*";
    }
}
