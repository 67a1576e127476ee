package dev.weir.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The {@code whiteList} or {@code blackList} of a servlet of Jetty's: a comma list of {@code host:port}. A route's
 * destination is fixed, so that the list is checked once, at start.
 *
 * @param where the init-param, for messages
 * @param allows true for a list of all that is allowed, false for a list of what is not
 */
record HostList(String where, String text, boolean allows) {
    /** Port -1 is how Jetty names the port of a URL without one. */
    private static final String ENTRY = "(" + HostText.NAME + "|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5}|-1)";

    void check(RouteDraft route, Findings findings) {
        List<String> entries = Arrays.stream(text.split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
        if (!entries.stream().allMatch(entry -> entry.matches(ENTRY))) {
            findings.problem(where, text, "a comma list of host:port");
        } else if (route.isOpen()) {
            findings.problem(where, text, "allow and deny instead, for proxyTo has placeholders");
        } else if (route.proxyTo().isEmpty()) {
            findings.note(where + ": translated into a check of proxyTo at start, which is not set.");
        } else {
            check(route.proxyTo().get(), entries, findings);
        }
    }

    private void check(UpstreamUrl url, List<String> entries, Findings findings) {
        String named = url.origin().substring(url.scheme().length() + "://".length());
        boolean defaultPort = !url.hostAndPort().equals(named);
        boolean listed = entries.contains(named) || defaultPort && entries.contains(url.hostAndPort() + ":-1");
        if (entries.isEmpty() || listed == allows) {
            findings.note(where + ": translated into a check of proxyTo at start, and satisfied by " + named + ".");
        } else {
            findings.problem(
                    where,
                    text,
                    allows
                            ? named + " among them, for proxyTo leads there"
                            : "a proxyTo that is not listed, unlike " + named);
        }
    }
}
