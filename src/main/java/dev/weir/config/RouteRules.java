package dev.weir.config;

import java.nio.file.Path;
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
        routes.forEach(rules::checkOpen);
        routes.forEach(rules::checkUsers);
    }

    /** That nobody stands between us and a destination that a request names: who resolves the name must check it. */
    static void checkProxied(List<RouteDraft> routes, Values shared, Findings findings) {
        Setting<Optional<UpstreamProxy>> proxy =
                shared.find(SharedParameters.UPSTREAM_PROXY).orElse(null);
        routes.stream()
                .filter(route ->
                        route.isOpen() && proxy != null && proxy.value().isPresent())
                .forEach(route -> findings.problem(
                        proxy.where(),
                        proxy.text(),
                        "none, for proxyTo of route " + route.name()
                                + " has placeholders: the proxy would resolve names, and nobody could check to what"));
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

    private void checkUsers(RouteDraft route) {
        Setting<Optional<Path>> users =
                route.values().find(RouteParameters.PROXY_USERS).orElse(null);
        boolean forward = value(route, RouteParameters.PROXY_TO)
                .flatMap(to -> to)
                .filter(to -> to.toString().equals(UpstreamTemplate.TARGET))
                .isPresent();
        if (users != null && users.value().isPresent() && !forward) {
            findings.problem(
                    users.where(),
                    users.text(),
                    "none for the route " + route.name() + ": the forward proxy alone asks who its clients are"
                            + " (--set /-forward.proxyUsers)");
        }
    }

    private void checkOpen(RouteDraft route) {
        Optional<Destinations> allow = value(route, RouteParameters.ALLOW);
        Optional<Destinations> deny = value(route, RouteParameters.DENY);
        boolean lists = allow.filter(list -> !list.isEmpty()).isPresent()
                || deny.filter(list -> !list.isEmpty()).isPresent();
        if (!route.isOpen()) {
            if (lists && route.proxyTo().isPresent()) {
                findings.note("The route " + route.name()
                        + " has allow or deny, which mean nothing there: its proxyTo has no placeholders.");
            }
            return;
        }
        Setting<Optional<ProxyTo>> to =
                route.values().find(RouteParameters.PROXY_TO).orElseThrow();
        if (((UpstreamTemplate) to.value().orElseThrow()).isTarget() && to.origin() != Origin.COMMAND_LINE) {
            findings.problem(
                    to.where(), to.text(), "another one: this is what --forward-proxy of the launcher sets, alone");
        }
        if (allow.filter(Destinations::isEmpty).isPresent()) {
            findings.note(
                    "The route " + route.name() + " answers 403 to everything: its proxyTo has placeholders, and its"
                            + " allow lists no destination.");
        }
        Setting<ProxyHeader> header =
                route.values().find(RouteParameters.PROXY_PROTOCOL).orElse(null);
        if (header != null && header.value() != ProxyHeader.NONE) {
            findings.problem(
                    header.where(),
                    header.text(),
                    "none, for its proxyTo has placeholders: servers take no such header");
        }
    }

    private static <T> Optional<T> value(RouteDraft route, Parameter<T> parameter) {
        return route.values().find(parameter).map(Setting::value);
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
