package dev.weir.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host as a client names it for a destination: in one form, and in no form that two readers take for two hosts. A name
 * of at most 253 characters in labels of 63, or an address; no user info, no escape, no zone, no IPv4 address in another
 * notation than the usual one ({@code 127.1}, {@code 0x7f000001}, {@code 2130706433}). International names come in their
 * ASCII form ({@code xn--}).
 */
public final class HostName {
    private static final int MOST_CHARACTERS = 253;

    /** One label of a name, without its case. An underscore is not a name for DNS purists, but is one for many teams. */
    static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    /** What some resolver reads as a part of an IPv4 address: then all of it is one, or a trap. */
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9A-Fa-f]*)");

    private HostName() {}

    /**
     * In lower case, without a dot at its end, an IPv6 address without its brackets.
     *
     * @param written as in a URL's authority, IPv6 in brackets
     * @throws BadValueException where it is none; the message says what one looks like
     */
    public static String canonical(String written) {
        String host = written.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            String literal = host.substring(1, Math.max(1, host.length() - 1));
            require(
                    host.endsWith("]")
                            && literal.contains(":")
                            && HostText.address(literal).isPresent(),
                    "an IPv6 address in brackets, without a zone");
            return literal;
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        require(
                host.length() <= MOST_CHARACTERS && NAME.matcher(host).matches(),
                "a host name of letters, digits, - and _ in labels of at most 63 characters, or an address");
        require(
                !NUMBER.matcher(host).matches() || HostText.address(host).isPresent(),
                "an IPv4 address of four decimal numbers without leading zeros, or a name that does not end in a number");
        return host;
    }

    private static void require(boolean holds, String expected) {
        if (!holds) {
            throw new BadValueException(expected);
        }
    }
}
