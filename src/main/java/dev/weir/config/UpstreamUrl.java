package dev.weir.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The base URL of an upstream (RFC 3986, less what a base has no use for: no user info, query or fragment).
 *
 * @param scheme {@code http} or {@code https} for HTTP/1.1, {@code h2c} or {@code h2} for HTTP/2 without and with TLS
 * @param host a name in lower case, or an address as one connects to it: IPv6 without brackets
 * @param port from 1 to 65,535; the scheme's own where none was written
 * @param path raw, never decoded: empty, or starting with a slash
 */
public record UpstreamUrl(String scheme, String host, int port, String path) implements ProxyTo {
    private static final String FORM = "http://HOST:PORT/PATH (or https, h2c, h2)";

    private static final Set<String> SCHEMES = Set.of("http", "https", "h2c", "h2");

    static final Format<UpstreamUrl> FORMAT = new Format<>(FORM, UpstreamUrl::read);

    private static final Pattern PARTS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY =
            Pattern.compile("(" + HostText.NAME + "|\\[(?<ipv6>[^\\]]*)\\])(:(?<port>.*))?");
    /** RFC 3986 §3.3: pchar and the slash. */
    private static final Pattern PATH = Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?");

    private static final Format<Integer> PORT = Format.number(1, 65_535);

    /**
     * Reads an absolute URL.
     *
     * @throws BadValueException if it is none, or has a part that a base URL must not have
     */
    public static UpstreamUrl parse(String text) {
        return FORMAT.read(text);
    }

    private static UpstreamUrl read(String text) {
        require(!text.matches("(?s).*[\\s\\p{Cntrl}].*"), "without white space");
        Matcher parts = PARTS.matcher(text);
        require(parts.matches(), "with a scheme and a host");
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        require(SCHEMES.contains(scheme), "no other scheme");
        require(!parts.group(2).contains("@"), "without user info");
        require(parts.group(4).isEmpty(), "without a query or a fragment");
        String path = parts.group(3);
        require(PATH.matcher(path).matches(), "with a path in which other characters are percent-encoded");
        require(!climbs(path), "without .. segments, plain or encoded");
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        require(authority.matches(), "with a host name or address (IPv6 in brackets)");
        return new UpstreamUrl(scheme, host(authority), port(authority, scheme), path);
    }

    private static String host(Matcher authority) {
        String ipv6 = authority.group("ipv6");
        require(
                ipv6 == null || (ipv6.contains(":") && HostText.address(ipv6).isPresent()),
                "with an address in brackets");
        return (ipv6 == null ? authority.group(1) : ipv6).toLowerCase(Locale.ROOT);
    }

    private static int port(Matcher authority, String scheme) {
        String port = authority.group("port");
        if (port == null) {
            return defaultPort(scheme);
        }
        try {
            return PORT.read(port);
        } catch (BadValueException e) {
            throw new BadValueException(FORM + ", with a port from 1 to 65535");
        }
    }

    /** Decodes the three characters with which a segment can hide a climb, on a copy. */
    private static boolean climbs(String path) {
        String plain = path.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f|%5c", "/");
        return plain.matches(".*/\\.\\.(;[^/]*)?(/.*)?");
    }

    private static void require(boolean holds, String condition) {
        if (!holds) {
            throw new BadValueException(FORM + ", " + condition);
        }
    }

    private static int defaultPort(String scheme) {
        return isSecure(scheme) ? 443 : 80;
    }

    private static boolean isSecure(String scheme) {
        return scheme.equals("https") || scheme.equals("h2");
    }

    /** Whether it is spoken to over TLS. */
    public boolean isSecure() {
        return isSecure(scheme);
    }

    /** Whether it is spoken to in HTTP/2, and in nothing else. */
    public boolean isHttp2() {
        return scheme.equals("h2") || scheme.equals("h2c");
    }

    /** The scheme that the upstream itself knows of, and writes where it names itself: {@code http} or {@code https}. */
    public String httpScheme() {
        return isSecure() ? "https" : "http";
    }

    /** For a Host field (RFC 9110 §7.2): IPv6 in brackets, the port only where it is not the scheme's own. */
    public String hostAndPort() {
        return port == defaultPort(scheme) ? bracketed() : bracketed() + ":" + port;
    }

    /** {@code scheme://host:port}, always with the port: the name of the destination. */
    public String origin() {
        return scheme + "://" + authority();
    }

    /** {@code host:port}, always with the port, IPv6 in brackets. */
    public String authority() {
        return bracketed() + ":" + port;
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The origin and the path. */
    @Override
    public String toString() {
        return origin() + path;
    }
}
