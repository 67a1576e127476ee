package dev.weir.config;

import java.util.List;
import java.util.Optional;

/** The one place that knows how a route's prefix is written and how it follows from a servlet mapping. */
final class RoutePrefix {
    /**
     * Plain text, for it is compared with the decoded path: no escape, parameter, query or fragment. A slash at the end
     * adds nothing to a comparison by segments and is dropped.
     */
    static final Format<String> FORMAT = new Format<>(
            "a path that starts with /, such as /proxy, in plain text: without % ; ? # \\, white space, // or dot segments",
            RoutePrefix::read);

    private RoutePrefix() {}

    private static String read(String text) {
        boolean plain = text.startsWith("/") && !text.matches("(?s).*([%;?#\\\\\\s\\p{Cntrl}]|//|/\\.{1,2}(/.*|$)).*");
        if (!plain) {
            throw new IllegalArgumentException();
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * The prefix that a servlet's mappings stand for, where it has none of its own. There must be one answer: a container
     * need not keep the order of the mappings, so that the first of them means nothing.
     */
    static Optional<String> ofMappings(ServletDeclaration servlet, Findings findings) {
        String where = "mapping of servlet " + servlet.name();
        String expected = "a mapping that ends in /*, or a prefix of its own";
        if (servlet.mappings().isEmpty()) {
            findings.problem(where, "", expected);
        }
        servlet.mappings().stream()
                .filter(mapping -> ofMapping(mapping).isEmpty())
                .forEach(mapping -> findings.problem(where, mapping, expected));
        List<String> prefixes = servlet.mappings().stream()
                .flatMap(mapping -> ofMapping(mapping).stream())
                .distinct()
                .toList();
        if (prefixes.size() > 1) {
            findings.problem(where, String.join(", ", servlet.mappings()), "one mapping, or a prefix for all of them");
        }
        return prefixes.stream().findFirst();
    }

    /** That requests which the servlet gets can start with the prefix; the mappings of other forms may have any. */
    static void checkReached(Setting<Optional<String>> prefix, ServletDeclaration servlet, Findings findings) {
        String path = prefix.value().orElseThrow() + "/";
        for (String mapping : servlet.mappings()) {
            String mapped = ofMapping(mapping).orElse("") + "/";
            if (!mapped.startsWith(path) && !path.startsWith(mapped)) {
                findings.problem(
                        prefix.where(),
                        prefix.text(),
                        "a part of the mapping " + mapping + " of servlet " + servlet.name() + ", or a path below it");
            }
        }
    }

    /** {@code /proxy/*} is {@code /proxy}; {@code /*} and {@code /} are the empty prefix; anything else says nothing. */
    private static Optional<String> ofMapping(String mapping) {
        if (mapping.equals("/")) {
            return Optional.of("");
        }
        boolean path = mapping.startsWith("/") && mapping.endsWith("/*");
        return path ? Optional.of(mapping.substring(0, mapping.length() - 2)) : Optional.empty();
    }
}
