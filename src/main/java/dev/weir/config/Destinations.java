package dev.weir.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of destinations as {@code allow} and {@code deny} list them: host names, all names below one, addresses and
 * ranges, each for every port or for some. Names are compared as names, addresses as addresses: nothing here ever asks the
 * resolver. Immutable.
 */
public final class Destinations {
    private static final String ANY = "*";
    private static final int LAST_PORT = 65_535;
    private static final Pattern PORTS =
            Pattern.compile("(?<host>\\[[^\\]]*\\]|[^\\[\\]:]+):(?<from>\\d{1,5})(-(?<to>\\d{1,5}))?");
    /** What is no name: else it is a name, and if it is a bad one, that is said. */
    private static final Pattern ADDRESSES = Pattern.compile("loopback|.*[:/].*|(.*\\.)?\\d+");

    private static final Format<Integer> PORT = Format.number(1, LAST_PORT);

    /** Written as a comma list, or {@code none}. */
    static final Format<Destinations> FORMAT = new Format<>(
            "a comma list of NAME, *.NAME for all names below it, * for every name, addresses, ranges such as 10.0.0.0/8"
                    + " and the word loopback, each with :PORT or :FROM-TO if need be, IPv6 then in brackets; or none",
            Destinations::read);

    /**
     * @param name what names have to be, behind a dot what they have to end in; null where addresses are listed
     * @param addresses null where names are
     */
    private record Entry(String name, AddressRanges addresses, int from, int to) {
        boolean hasPort(int port) {
            return port >= from && port <= to;
        }

        boolean hasName(String host) {
            if (name == null) {
                return false;
            }
            return name.equals(ANY) || (name.startsWith(".") ? host.endsWith(name) : host.equals(name));
        }

        boolean hasAddress(InetAddress address) {
            return addresses != null && addresses.contains(address);
        }
    }

    private final List<Entry> entries;

    private Destinations(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    private static Destinations read(String text) {
        List<Entry> entries = new ArrayList<>();
        if (!text.equals("none")) {
            for (String part : text.split(",", -1)) {
                entries.add(entry(part.strip()));
            }
        }
        return new Destinations(entries);
    }

    private static Entry entry(String text) {
        Matcher ports = PORTS.matcher(text);
        if (!ports.matches()) {
            return entry(text, 1, LAST_PORT);
        }
        int from = PORT.reader().apply(ports.group("from"));
        int to = ports.group("to") == null ? from : PORT.reader().apply(ports.group("to"));
        if (from > to) {
            throw new IllegalArgumentException();
        }
        return entry(ports.group("host"), from, to);
    }

    private static Entry entry(String host, int from, int to) {
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String bare = brackets ? host.substring(1, host.length() - 1) : host;
        if (brackets && !bare.contains(":")) {
            throw new IllegalArgumentException();
        }
        if (ADDRESSES.matcher(bare).matches()) {
            return new Entry(null, addresses(bare), from, to);
        }
        if (host.equals(ANY)) {
            return new Entry(ANY, null, from, to);
        }
        boolean below = host.startsWith("*.");
        String name = HostName.canonical(below ? host.substring(2) : host);
        return new Entry(below ? "." + name : name, null, from, to);
    }

    private static AddressRanges addresses(String text) {
        try {
            return AddressRanges.parse(text);
        } catch (BadValueException inOtherWords) {
            throw new IllegalArgumentException(inOtherWords);
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether a host's name, in the form of {@link HostName#canonical}, is one of them at this port. */
    boolean haveName(String host, int port) {
        return entries.stream().anyMatch(entry -> entry.hasPort(port) && entry.hasName(host));
    }

    /** Whether an address is one of them at this port. */
    boolean haveAddress(InetAddress address, int port) {
        return entries.stream().anyMatch(entry -> entry.hasPort(port) && entry.hasAddress(address));
    }
}
