package dev.weir.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold between routes: prefixes differ, and routes to one destination agree on its bounds. */
final class RouteRules {
    private final Findings findings;

    private RouteRules(Findings findings) {
        this.findings = findings;
    }

    static void check(List<RouteDraft> routes, Findings findings) {
        RouteRules rules = new RouteRules(findings);
        rules.prefixesDiffer(routes);
        rules.agree(routes, RouteParameters.MAX_CONNECTIONS);
        rules.agree(routes, RouteParameters.MAX_QUEUED);
        routes.forEach(rules::noteWithoutUpstream);
    }

    /** That the status pages have their path for themselves. One inside of a route is taken out of it. */
    static void checkStatusPath(List<RouteDraft> routes, Values shared, Findings findings) {
        Setting<String> status = shared.find(SharedParameters.STATUS_PATH).orElse(null);
        routes.stream()
                .filter(route -> status != null && route.servlet().mappings().contains(status.value() + "/*"))
                .forEach(route -> findings.problem(
                        status.where(), status.text(), "another path than that of the route " + route.name()));
    }

    /** That no route leads to a name of our own. What a name resolves to is for the start of the client to say. */
    static void checkSelf(List<RouteDraft> routes, Values shared, Findings findings) {
        SelfAddresses self =
                shared.find(SharedParameters.SELF_ADDRESSES).map(Setting::value).orElse(null);
        UpstreamProxy proxy = shared.find(SharedParameters.UPSTREAM_PROXY)
                .flatMap(Setting::value)
                .orElse(null);
        if (self != null && proxy != null && self.name(proxy.host(), proxy.port())) {
            findings.problem(
                    SharedParameters.UPSTREAM_PROXY.name(),
                    proxy.toString(),
                    "another server: this is one of " + SharedParameters.SELF_ADDRESSES);
        }
        for (RouteDraft route : routes) {
            UpstreamUrl upstream = route.proxyTo().orElse(null);
            if (self != null && upstream != null && self.name(upstream.host(), upstream.port())) {
                findings.problem(
                        "proxyTo of route " + route.name(),
                        upstream.toString(),
                        "another server: this is one of " + SharedParameters.SELF_ADDRESSES
                                + ", so that every request would come back");
            }
        }
    }

    private void prefixesDiffer(List<RouteDraft> routes) {
        Map<String, String> owners = new HashMap<>();
        for (RouteDraft route : routes) {
            String earlier = route.prefix()
                    .map(prefix -> owners.putIfAbsent(prefix, route.name()))
                    .orElse(null);
            if (earlier != null) {
                findings.problem(
                        "prefix of routes " + earlier + " and " + route.name(),
                        route.prefix().orElseThrow(),
                        "a prefix of its own for each route");
            }
        }
    }

    private void agree(List<RouteDraft> routes, Parameter<Integer> bound) {
        Map<String, RouteDraft> firsts = new HashMap<>();
        for (RouteDraft route : routes) {
            Optional<String> destination = route.proxyTo().map(UpstreamUrl::origin);
            if (destination.isEmpty() || route.values().find(bound).isEmpty()) {
                continue;
            }
            RouteDraft first = firsts.computeIfAbsent(destination.get(), origin -> route);
            int value = first.values().get(bound);
            int other = route.values().get(bound);
            if (value != other) {
                findings.problem(
                        bound + " of routes " + first.name() + " and " + route.name(),
                        value + " and " + other,
                        "one value, for both lead to " + destination.get());
            }
        }
    }

    private void noteWithoutUpstream(RouteDraft route) {
        boolean unset = route.values()
                .find(RouteParameters.PROXY_TO)
                .filter(setting -> setting.value().isEmpty())
                .isPresent();
        if (unset) {
            String name = RouteParameters.PROXY_TO.name();
            findings.note("The route " + route.name() + " has no " + name + " and answers 503: set the system property "
                    + Origin.SYSTEM_PROPERTY.key(route.name(), name) + ", the variable "
                    + Origin.ENVIRONMENT.key(route.name(), name) + " or its init-param " + name + ".");
        }
    }
}
