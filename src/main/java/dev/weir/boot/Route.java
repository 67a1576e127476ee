package dev.weir.boot;

import dev.weir.config.BadValueException;
import dev.weir.config.Problem;
import dev.weir.config.RouteParameters;
import dev.weir.config.UpstreamTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route of the command line.
 *
 * @param servletName follows from the prefix, so that {@code -Dweir.NAME.x} can be guessed
 * @param prefix empty, or starting with a slash and not ending with one
 * @param proxyTo the upstream as it was written; empty only while the demo's is not started
 */
public record Route(String servletName, String prefix, Optional<String> proxyTo) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

    /**
     * Reads {@code PREFIX=URL}.
     *
     * @param taken servlet names that others have
     * @return nothing where it is malformed, which is then among the problems
     */
    static Optional<Route> parse(String text, Set<String> taken, List<Problem> problems) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            problems.add(
                    new Problem("--route", text, "PREFIX=URL, such as /proxy=http://localhost:9000", Optional.empty()));
            return Optional.empty();
        }
        String written = text.substring(0, equals).strip();
        Optional<String> prefix = prefix(written, problems);
        Optional<String> proxyTo = proxyTo(written, text.substring(equals + 1).strip(), problems);
        return prefix.isEmpty() || proxyTo.isEmpty()
                ? Optional.empty()
                : Optional.of(new Route(servletName(prefix.get(), taken), prefix.get(), proxyTo));
    }

    private static Optional<String> prefix(String text, List<Problem> problems) {
        String expected = RouteParameters.PREFIX.expected();
        try {
            Optional<String> prefix = RouteParameters.PREFIX.parse(text);
            if (prefix.isPresent() && !text.contains("*")) {
                return prefix;
            }
        } catch (BadValueException bad) {
            expected = bad.getMessage();
        }
        problems.add(new Problem("prefix of --route", text, expected.replace(", or none", ""), Optional.empty()));
        return Optional.empty();
    }

    private static Optional<String> proxyTo(String prefix, String url, List<Problem> problems) {
        try {
            if (RouteParameters.PROXY_TO.parse(url).isPresent() && !url.equals(UpstreamTemplate.TARGET)) {
                return Optional.of(url);
            }
            problems.add(new Problem("--route " + prefix, url, "an upstream's URL", Optional.empty()));
        } catch (BadValueException bad) {
            String expected = bad.getMessage().replace(", or none", "");
            problems.add(new Problem("--route " + prefix, url, expected, Optional.empty()));
        }
        return Optional.empty();
    }

    /** {@code /proxy} is {@code proxy}, {@code /a/b} is {@code aB}, {@code /} is {@code root}; a number makes it unique. */
    static String servletName(String prefix, Set<String> taken) {
        StringBuilder name = new StringBuilder();
        Matcher words = WORD.matcher(prefix);
        while (words.find()) {
            String word = words.group();
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        if (name.isEmpty()) {
            name.append(prefix.isEmpty() ? "root" : "route");
        } else if (Character.isDigit(name.charAt(0))) {
            name.insert(0, "route");
        }
        String unique = name.toString();
        for (int number = 2; isTaken(unique, taken); number++) {
            unique = name.toString() + number;
        }
        return unique;
    }

    /** Names that differ in case alone would be one environment variable. */
    private static boolean isTaken(String name, Set<String> taken) {
        return taken.stream().anyMatch(name::equalsIgnoreCase);
    }
}
