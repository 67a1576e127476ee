package dev.weir.route;

import dev.weir.config.BadValueException;
import dev.weir.config.UpstreamTemplate;
import dev.weir.config.UpstreamUrl;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request target in absolute-form (RFC 9112 §3.2.2), or with CONNECT in authority-form (§3.2.3), read strictly: what
 * two readers could take for two destinations is none.
 *
 * @param upstream without a path
 * @param rest what goes out as the target: path and query, raw
 */
public record AbsoluteForm(UpstreamUrl upstream, String rest) {
    private static final Pattern URL = Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?");

    /** Whether it is one at all: neither origin-form nor asterisk-form. */
    public static boolean is(String target) {
        return !target.startsWith("/") && !target.equals("*");
    }

    /**
     * Reads a URL. For OPTIONS one without path and query stands for the server as a whole (RFC 9112 §3.2.4: MUST).
     *
     * @throws BadTargetException where it names no destination, or holds what no target may
     */
    public static AbsoluteForm of(String method, String target) throws BadTargetException {
        Matcher parts = URL.matcher(target);
        if (!parts.matches()) {
            throw bad(target, "http://HOST:PORT/PATH, or https:// in its place, without a fragment");
        }
        String path = parts.group(3);
        String query = parts.group(4);
        RawCharacters.checkPath(path);
        UpstreamUrl upstream = upstream(parts.group(1).toLowerCase(Locale.ROOT), parts.group(2), target);
        boolean whole = "OPTIONS".equals(method) && path.isEmpty() && query == null;
        return new AbsoluteForm(upstream, whole ? "*" : Target.requestTarget("", path, query));
    }

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws BadTargetException where it is none; the port must be there
     */
    public static UpstreamUrl authority(String target) throws BadTargetException {
        if (!target.matches("(?s).*:\\d+")) {
            throw bad(target, "HOST:PORT");
        }
        return upstream("http", target, target);
    }

    private static UpstreamUrl upstream(String scheme, String authority, String target) throws BadTargetException {
        try {
            return UpstreamTemplate.of(scheme, authority, "");
        } catch (BadValueException bad) {
            throw bad(target, bad.getMessage());
        }
    }

    private static BadTargetException bad(String target, String expected) {
        return new BadTargetException("The target " + BadTargetException.quote(target)
                + " names no destination: expected is " + expected + ".");
    }
}
