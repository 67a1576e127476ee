package dev.weir.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reports the names that are no parameter's: a problem wherever we are the only ones who could have been meant, a note in
 * the environment, which others write to as well. Values are not shown, for who knows what an unknown name holds.
 */
final class UnknownNames {
    private static final String PROPERTY_PREFIX = "weir.";
    private static final List<String> SHARED = names(SharedParameters.all());
    private static final List<String> ROUTE = names(RouteParameters.all());

    private final Sources sources;
    private final List<String> servlets;
    private final Findings findings;

    private UnknownNames(Sources sources, Findings findings) {
        this.sources = sources;
        this.servlets =
                sources.servlets().stream().map(ServletDeclaration::name).toList();
        this.findings = findings;
    }

    static void report(Sources sources, Findings findings) {
        UnknownNames unknown = new UnknownNames(sources, findings);
        unknown.inOrigin(Origin.COMMAND_LINE, "", "command line");
        unknown.inOrigin(Origin.SYSTEM_PROPERTY, PROPERTY_PREFIX, "system property");
        unknown.inOrigin(Origin.DESCRIPTOR, PROPERTY_PREFIX, "context-param");
        sources.servlets().forEach(unknown::inServlet);
        unknown.inEnvironment();
    }

    private void inOrigin(Origin origin, String prefix, String where) {
        List<String> known = keys(origin, SHARED, ROUTE);
        for (String key : new TreeSet<>(sources.of(origin).keySet())) {
            if (key.startsWith(prefix) && !known.contains(key)) {
                String path = key.substring(prefix.length());
                boolean later = NotInForce.has(path.substring(path.lastIndexOf('.') + 1));
                findings.problem(
                        where, key, expected(origin, path), later ? Optional.empty() : NearName.of(key, known));
            }
        }
    }

    private String expected(Origin origin, String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (NotInForce.has(name)) {
            return notInForce(name);
        }
        if (SHARED.contains(name)) {
            return origin.key(name) + ", for it is shared by all routes";
        }
        if (!ROUTE.contains(name)) {
            return "the name of a parameter";
        }
        if (origin == Origin.DESCRIPTOR) {
            return "an init-param " + name + " of a servlet, for it is a route's";
        }
        return origin.key("SERVLET", name) + " with one of our servlets: "
                + (servlets.isEmpty() ? "there is none" : String.join(", ", servlets));
    }

    private void inServlet(ServletDeclaration servlet) {
        for (String name : new TreeSet<>(servlet.initParams().keySet())) {
            if (ROUTE.contains(name) || ForeignNames.has(name)) {
                continue;
            }
            String where = "init-param of servlet " + servlet.name();
            if (NotInForce.has(name)) {
                findings.problem(where, name, notInForce(name));
            } else if (SHARED.contains(name)) {
                String instead = Origin.DESCRIPTOR.where(Origin.DESCRIPTOR.key(name));
                findings.problem(where, name, instead + ", for it is shared by all routes");
            } else {
                findings.problem(where, name, "the name of a route's parameter", NearName.of(name, ROUTE));
            }
        }
    }

    private void inEnvironment() {
        List<String> known = keys(Origin.ENVIRONMENT, SHARED, ROUTE);
        List<String> later = keys(Origin.ENVIRONMENT, NotInForce.SHARED, NotInForce.ROUTE);
        for (String variable : new TreeSet<>(sources.environment().keySet())) {
            if (!variable.startsWith(VariableNames.PREFIX)
                    || known.contains(variable)
                    || VariableNames.isKubernetes(variable)) {
                continue;
            }
            String reason = later.contains(variable) ? "is not in force in this version" : "names no parameter";
            String suggestion = NearName.of(variable, known)
                    .map(name -> " Did you mean \"" + name + "\"?")
                    .orElse("");
            findings.note("The variable " + Shown.of(variable) + " " + reason + " and is ignored." + suggestion);
        }
    }

    private List<String> keys(Origin origin, List<String> shared, List<String> route) {
        List<String> keys = new ArrayList<>();
        shared.forEach(name -> keys.add(origin.key(name)));
        if (origin == Origin.COMMAND_LINE) {
            keys.addAll(route); // one for every route
        }
        if (origin != Origin.DESCRIPTOR) { // there, a route's own stand in its servlet
            servlets.forEach(servlet -> route.forEach(name -> keys.add(origin.key(servlet, name))));
        }
        return keys;
    }

    private static String notInForce(String name) {
        return "a parameter of this version, which does not have " + name + " yet";
    }

    private static List<String> names(List<Parameter<?>> parameters) {
        return parameters.stream().<String>map(Parameter::name).toList();
    }
}
