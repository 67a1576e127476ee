package dev.weir.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The base URL of an upstream with placeholders in its scheme, host or port. Each takes one segment of the path behind the
 * prefix, in the order in which they stand here, and its value is checked before it is put in: nothing that a segment
 * holds can change what stands around it.
 *
 * <ul>
 *   <li><code>{scheme}</code>, in the place of the scheme: {@code http} or {@code https}
 *   <li><code>{authority}</code>, alone behind {@code ://}: a host with its port, if need be
 *   <li><code>{host}</code>, alone before the port: a host, a name or an address
 *   <li><code>{port}</code>, in the place of the port
 *   <li>any other, such as <code>{tenant}</code>, in the place of a label of the host's name: one label
 * </ul>
 *
 * <p><code>{target}</code> alone is the forward proxy's: the destination is what the request line names.
 *
 * @param scheme as written
 * @param host as written, the authority without its port
 * @param port as written; empty for the scheme's own
 * @param path raw, as that of {@link UpstreamUrl}
 * @param placeholders their names in their order
 */
public record UpstreamTemplate(String scheme, String host, String port, String path, List<String> placeholders)
        implements ProxyTo {
    /** The forward proxy's. */
    public static final String TARGET = "{target}";

    private static final String SCHEME = "{scheme}";
    private static final String AUTHORITY = "{authority}";
    private static final String HOST = "{host}";
    private static final String PORT = "{port}";

    private static final String NAME = "\\{[a-z][A-Za-z0-9]*\\}";
    private static final Pattern PLACEHOLDER = Pattern.compile(NAME);
    private static final String LABEL = "(" + NAME + "|" + HostName.LABEL + ")";
    private static final Pattern PARTS = Pattern.compile("(?<scheme>http|https|\\{scheme\\})://"
            + "(?<host>" + LABEL + "(\\." + LABEL + ")*|\\[[0-9A-Fa-f:.]+\\])"
            + "(:(?<port>\\d{1,5}|\\{port\\}))?"
            + "(?<path>(/[^{}]*)?)");
    private static final Pattern AUTHORITY_VALUE = Pattern.compile("(?<host>\\[[^\\]]*\\]|[^:\\[\\]]*)(:(?<port>.*))?");
    private static final Pattern PORT_VALUE = Pattern.compile("[1-9]\\d{0,4}");
    private static final Pattern LABEL_VALUE = Pattern.compile(HostName.LABEL);

    /** Copies what it is given. */
    public UpstreamTemplate {
        placeholders = List.copyOf(placeholders);
    }

    static UpstreamTemplate read(String text) {
        if (text.equals(TARGET)) {
            return new UpstreamTemplate("", TARGET, "", "", List.of());
        }
        Matcher parts = PARTS.matcher(text);
        require(parts.matches(), "with placeholders in the place of the scheme, a label of the host or the port");
        List<String> names = new ArrayList<>();
        for (Matcher each = PLACEHOLDER.matcher(text); each.find(); ) {
            names.add(each.group());
        }
        String host = parts.group("host");
        String port = parts.group("port") == null ? "" : parts.group("port");
        require(new HashSet<>(names).size() == names.size(), "with each placeholder once");
        require(!names.contains(AUTHORITY) || host.equals(AUTHORITY) && port.isEmpty(), "with {authority} alone");
        require(!names.contains(HOST) || host.equals(HOST), "with {host} alone, but for a port");
        require(!names.contains(SCHEME) || parts.group("scheme").equals(SCHEME), "with {scheme} before ://");
        require(!names.contains(PORT) || port.equals(PORT), "with {port} behind the host");
        require(!names.contains(TARGET), "without {target}, or with nothing else");
        UpstreamTemplate template = new UpstreamTemplate(parts.group("scheme"), host, port, parts.group("path"), names);
        // What is fixed of it is held to the rules of a URL that is.
        UpstreamUrl.parse(text.replace(SCHEME, "http").replace(PORT, "1").replaceAll(NAME, "x"));
        return template;
    }

    private static void require(boolean holds, String condition) {
        if (!holds) {
            throw new BadValueException(FORMAT_WORDS + condition);
        }
    }

    private static final String FORMAT_WORDS = "a URL such as {scheme}://{authority}/PATH, ";

    /** Whether it is the forward proxy's. */
    public boolean isTarget() {
        return host.equals(TARGET);
    }

    /** Whether every destination can be written in it, so that a reference to another one can be mapped back. */
    public boolean isAny() {
        return scheme.equals(SCHEME) && host.equals(AUTHORITY) && path.isEmpty();
    }

    /**
     * The upstream that these values name.
     *
     * @param values raw, one for each of {@link #placeholders}
     * @throws BadValueException where one of them is nothing that may stand there
     */
    public UpstreamUrl fill(List<String> values) {
        String filledHost = host;
        String filledScheme = scheme;
        String filledPort = port;
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            switch (placeholders.get(i)) {
                case SCHEME -> filledScheme = value;
                case AUTHORITY -> {
                    return of(filledScheme, value, path);
                }
                case HOST -> filledHost = value;
                case PORT -> filledPort = value;
                default -> filledHost = filledHost.replace(placeholders.get(i), label(value));
            }
        }
        return of(filledScheme, filledHost, filledPort, path);
    }

    /**
     * The upstream at a URL's authority.
     *
     * @throws BadValueException where a part of it is none
     */
    public static UpstreamUrl of(String scheme, String authority, String path) {
        Matcher parts = AUTHORITY_VALUE.matcher(authority);
        if (!parts.matches()) {
            throw new BadValueException("a host, and behind a colon its port if need be");
        }
        String port = parts.group("port");
        return of(scheme, parts.group("host"), port == null ? "" : checkedPort(port), path);
    }

    private static UpstreamUrl of(String scheme, String host, String port, String path) {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new BadValueException("http or https");
        }
        int usual = scheme.equals("https") ? 443 : 80;
        int number = port.isEmpty() ? usual : Integer.parseInt(checkedPort(port));
        return new UpstreamUrl(scheme, HostName.canonical(host), number, path);
    }

    private static String checkedPort(String port) {
        if (!PORT_VALUE.matcher(port).matches() || Integer.parseInt(port) > 65_535) {
            throw new BadValueException("a port from 1 to 65535");
        }
        return port;
    }

    private static String label(String value) {
        if (!LABEL_VALUE.matcher(value).matches()) {
            throw new BadValueException("one label of a host name: letters, digits, - and _");
        }
        return value;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return isTarget() ? TARGET : scheme + "://" + host + (port.isEmpty() ? "" : ":" + port) + path;
    }
}
