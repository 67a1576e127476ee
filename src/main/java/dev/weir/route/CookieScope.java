package dev.weir.route;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The scope of a cookie, Path and Domain, moved from the upstream to the host and prefix that the client sees (RFC 6265
 * §5.2). Name, value and all other attributes stay as they came, byte for byte.
 *
 * @param host of the upstream, in lower case
 * @param base the upstream's base path, empty or without a slash at its end
 * @param prefix the client-facing one, of the same form
 */
record CookieScope(String host, String base, String prefix) {
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final String HOST_COOKIE = "__Host-";

    String map(String setCookie) {
        int attributes = setCookie.indexOf(';');
        if (attributes < 0 || setCookie.stripLeading().regionMatches(true, 0, HOST_COOKIE, 0, HOST_COOKIE.length())) {
            return setCookie;
        }
        StringBuilder mapped = new StringBuilder(setCookie.length()).append(setCookie, 0, attributes);
        for (String attribute : setCookie.substring(attributes + 1).split(";", -1)) {
            int equals = attribute.indexOf('=');
            String name =
                    equals < 0 ? "" : attribute.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = attribute.substring(equals + 1).strip();
            if (name.equals("domain") && coversUpstream(value)) {
                continue;
            }
            mapped.append(';');
            if (name.equals("path")) {
                int start = attribute.indexOf(value, equals + 1);
                mapped.append(attribute, 0, start)
                        .append(path(value))
                        .append(attribute, start + value.length(), attribute.length());
            } else {
                mapped.append(attribute);
            }
        }
        return setCookie.contentEquals(mapped) ? setCookie : mapped.toString();
    }

    private String path(String path) {
        if (!path.startsWith("/")) {
            return path; // counts as absent
        }
        if (!base.isEmpty() && holds(base, path)) {
            return orRoot(prefix + path.substring(base.length()));
        }
        if (holds(path.replaceFirst("/++$", ""), base)) {
            return orRoot(prefix);
        }
        return base.isEmpty() && !holds(prefix, path) ? prefix + path : path;
    }

    private boolean coversUpstream(String domain) {
        String bare = (domain.startsWith(".") ? domain.substring(1) : domain).toLowerCase(Locale.ROOT);
        if (bare.isEmpty()) {
            return false;
        }
        return host.equals(bare) || !IP_ADDRESS.matcher(host).matches() && host.endsWith('.' + bare);
    }

    /** Whether a path lies in another, at a segment boundary; raw, as clients compare them (RFC 6265 §5.1.4). */
    private static boolean holds(String outer, String path) {
        return path.startsWith(outer) && (path.length() == outer.length() || path.charAt(outer.length()) == '/');
    }

    private static String orRoot(String path) {
        return path.isEmpty() ? "/" : path;
    }
}
