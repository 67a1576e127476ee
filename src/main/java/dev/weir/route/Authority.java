package dev.weir.route;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Host and effective port, ready to be compared: the host in lower case, an IPv6 address without its brackets. */
record Authority(String host, int port) {
    /** One with user information names nobody here: it is a credential, or a disguise. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]@]+\\]|[^\\[\\]:@\\\\]+)(?::([0-9]{0,5}))?");

    Authority {
        host = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Returns what {@code host[:port]} names, or null where it is nothing of that form. */
    static Authority parse(String text, int defaultPort) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String port = matcher.group(2);
        return new Authority(matcher.group(1), port == null || port.isEmpty() ? defaultPort : Integer.parseInt(port));
    }
}
