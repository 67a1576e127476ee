package dev.weir.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Servlet names become parts of keys: they must be plain, and no two keys may be the same environment variable. */
final class ServletNames {
    private static final String PLAIN = "[A-Za-z][A-Za-z0-9]*";

    private final Findings findings;
    private final Map<String, String> owners = new HashMap<>();
    private final Set<String> reported = new HashSet<>();

    private ServletNames(Findings findings) {
        this.findings = findings;
    }

    static void check(List<ServletDeclaration> servlets, Findings findings) {
        ServletNames names = new ServletNames(findings);
        SharedParameters.all()
                .forEach(
                        shared -> names.claim(VariableNames.of(shared.name()), "the shared parameters", shared.name()));
        for (ServletDeclaration servlet : servlets) {
            String name = servlet.name();
            if (!name.matches(PLAIN)) {
                findings.problem("servlet name", name, "letters and digits, a letter first");
            }
            RouteParameters.all()
                    .forEach(route ->
                            names.claim(VariableNames.of(name, route.name()), "servlet " + name, route.name()));
        }
    }

    /** Tells of two owners once, however many of their variables collide. */
    private void claim(String variable, String owner, String parameter) {
        String earlier = owners.putIfAbsent(variable, owner);
        if (earlier != null && reported.add(earlier + " and " + owner)) {
            findings.problem(
                    "names of " + earlier + " and " + owner,
                    variable,
                    "names that differ as environment variables, also for " + parameter + " of " + owner);
        }
    }
}
