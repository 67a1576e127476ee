package dev.weir.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy through which every upstream is reached: by CONNECT (RFC 9110 §9.3.6) or by SOCKS5 (RFC 1928). Only ever
 * named here, never inherited. It takes no credentials: they would stand in a URL that logs and pages show.
 *
 * @param scheme {@code http} or {@code socks5}
 * @param host a name in lower case, or an address: IPv6 without brackets
 */
public record UpstreamProxy(String scheme, String host, int port) {
    private static final String FORM = "http://HOST:PORT or socks5://HOST:PORT";
    private static final Pattern PARTS =
            Pattern.compile("(?i)(http|socks5)://(" + HostText.NAME + "|\\[(?<ipv6>[^\\]]*)\\]):(?<port>\\d{1,5})/?");
    private static final Format<Integer> PORT = Format.number(1, 65_535);

    static final Format<UpstreamProxy> FORMAT = new Format<>(FORM, UpstreamProxy::read);

    private static UpstreamProxy read(String text) {
        if (text.contains("@")) {
            throw new BadValueException(FORM + ", without user info: credentials for a proxy are not supported");
        }
        Matcher parts = PARTS.matcher(text);
        String ipv6 = parts.matches() ? parts.group("ipv6") : null;
        boolean bad = !parts.matches()
                || (ipv6 != null
                        && !(ipv6.contains(":") && HostText.address(ipv6).isPresent()));
        if (bad) {
            throw new IllegalArgumentException();
        }
        String host = Optional.ofNullable(ipv6).orElse(parts.group(2)).toLowerCase(Locale.ROOT);
        return new UpstreamProxy(
                parts.group(1).toLowerCase(Locale.ROOT), host, PORT.reader().apply(parts.group("port")));
    }

    /** The address to connect to, as that of an upstream. */
    public UpstreamUrl url() {
        return new UpstreamUrl("http", host, port, "");
    }

    /** As a user would write it. */
    @Override
    public String toString() {
        return scheme + url().origin().substring("http".length());
    }
}
