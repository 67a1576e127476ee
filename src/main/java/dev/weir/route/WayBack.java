package dev.weir.route;

import java.util.regex.Pattern;

/**
 * Maps what names the upstream in a response back behind the client-facing prefix. A reference that does becomes
 * path-absolute, {@code PREFIX/rest}, its rest, query and fragment raw; whatever else a field holds stays as it came,
 * and the same string instance is returned where nothing is mapped.
 *
 * <p>A reference names the upstream where it is path-absolute, or where its authority is the upstream's (host in any
 * case, effective port) or the one sent in {@code Host}, its scheme being absent or the upstream's. It is mapped where
 * its path, dot segments resolved, lies in the base path; a path that already lies behind the prefix stays as it is.
 *
 * <p>Threads: immutable.
 */
public final class WayBack {
    /**
     * Clients drop these from a URL before they read it, or refuse it. What they would make of it is not for us to
     * guess.
     */
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f]");

    private final String scheme;
    private final Authority upstream;
    private final Prefix base;
    private final Prefix prefix;
    private final CookieScope cookies;

    /**
     * @param scheme of the upstream, {@code http} or {@code https}
     * @param host of the upstream; an IPv6 address with or without brackets
     * @param port of the upstream, the effective one
     * @param basePath of the upstream's URL: empty, or starting with {@code /}
     * @param prefix the client-facing one, context path included: empty, or starting with {@code /}
     * @throws IllegalArgumentException as {@link Prefix#Prefix}, for either path
     */
    public WayBack(String scheme, String host, int port, String basePath, String prefix) {
        this.scheme = scheme;
        this.upstream = new Authority(host, port);
        this.base = new Prefix(basePath);
        this.prefix = new Prefix(prefix);
        this.cookies = new CookieScope(upstream.host(), base.path(), this.prefix.path());
    }

    /**
     * Maps a {@code Location} or {@code Content-Location} (RFC 9110 §10.2.2, §8.7).
     *
     * @param hostSentUpstream the {@code Host} field of the upstream request, the client's own where that is preserved;
     *     null for none
     */
    public String location(String value, String hostSentUpstream) {
        if (CONTROLS.matcher(value).find()) {
            return value;
        }
        Reference reference = Reference.parse(value);
        if (!namesUpstream(reference, hostSentUpstream)) {
            return value;
        }
        // RFC 3986 §6.2.3: after an authority, the empty path is "/".
        String path = behindPrefix(reference.path().isEmpty() ? "/" : reference.path());
        if (path == null) {
            return value;
        }
        String mapped = onThisHost(path) + reference.tail();
        return mapped.equals(value) ? value : mapped;
    }

    /** Maps the URL in a {@code Refresh}; its seconds and quotes stay. For the arguments see {@link #location}. */
    public String refresh(String value, String hostSentUpstream) {
        return RefreshField.map(value, url -> location(url, hostSentUpstream));
    }

    /** Maps every {@code <target>} of a {@code Link} (RFC 8288 §3). For the arguments see {@link #location}. */
    public String link(String value, String hostSentUpstream) {
        return LinkField.map(value, url -> location(url, hostSentUpstream));
    }

    /**
     * Maps the Path of a {@code Set-Cookie} behind the prefix, and takes a Domain away that covers the upstream, so
     * that the cookie belongs to the host that the client sees (RFC 6265 §4.1). Cookies whose name starts with
     * {@code __Host-} stay as they are: clients refuse them with any Path but {@code /}.
     */
    public String setCookie(String value) {
        return cookies.map(value);
    }

    private boolean namesUpstream(Reference reference, String hostSentUpstream) {
        if (reference.scheme() != null && !reference.scheme().equalsIgnoreCase(scheme)) {
            return false;
        }
        if (reference.authority() == null) {
            // Browsers read "/\host" as "//host".
            return reference.scheme() == null
                    && reference.path().startsWith("/")
                    && !reference.path().startsWith("/\\");
        }
        int defaultPort = scheme.equalsIgnoreCase("https") ? 443 : 80;
        Authority named = Authority.parse(reference.authority(), defaultPort);
        return named != null
                && (named.equals(upstream)
                        || hostSentUpstream != null && named.equals(Authority.parse(hostSentUpstream, defaultPort)));
    }

    /** The path as clients see it, or null where it is none of the upstream's. */
    private String behindPrefix(String path) {
        if (!base.isRoot() && holds(base, path)) {
            String mapped = prefix.path() + path.substring(base.endIn(path));
            return mapped.startsWith("/") ? mapped : "/" + mapped;
        }
        if (!prefix.isRoot() && holds(prefix, path)) {
            return path;
        }
        return base.isRoot() && holds(base, path) ? prefix.path() + path : null;
    }

    private static boolean holds(Prefix outer, String path) {
        int end = outer.endIn(path);
        return end >= 0 && Climb.in(path.substring(end)) == null;
    }

    /** A path that starts with two slashes would name a host; with a dot segment before them it is a path again. */
    private static String onThisHost(String path) {
        return path.startsWith("//") || path.startsWith("/\\") ? "/." + path : path;
    }
}
