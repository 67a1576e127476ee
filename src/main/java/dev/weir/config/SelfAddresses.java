package dev.weir.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Further names under which clients reach this Weir, such as a load balancer's: what leads there comes back. A name is
 * compared as a name, for one address serves many; an address also with what a name resolves to. Immutable.
 */
public final class SelfAddresses {
    private static final List<Integer> USUAL_PORTS = List.of(80, 443);
    private static final Pattern ENTRY =
            Pattern.compile("(?<name>" + HostText.NAME + "|\\[(?<ipv6>[^\\]]*)\\])(:(?<port>\\d{1,5}))?");
    private static final Format<Integer> PORT = Format.number(1, 65_535);

    /** Written as a comma list, or {@code none}. */
    static final Format<SelfAddresses> FORMAT = new Format<>(
            "a comma list of HOST:PORT, or HOST for its ports 80 and 443, IPv6 in brackets; or none",
            SelfAddresses::read);

    private final List<InetSocketAddress> entries;

    private SelfAddresses(List<InetSocketAddress> entries) {
        this.entries = List.copyOf(entries);
    }

    private static SelfAddresses read(String text) {
        List<InetSocketAddress> entries = new ArrayList<>();
        if (!text.equals("none")) {
            for (String entry : text.split(",", -1)) {
                addTo(entries, ENTRY.matcher(entry.strip()));
            }
        }
        return new SelfAddresses(entries);
    }

    private static void addTo(List<InetSocketAddress> entries, Matcher entry) {
        if (!entry.matches()) {
            throw new IllegalArgumentException();
        }
        String ipv6 = entry.group("ipv6");
        String host = ipv6 == null ? entry.group("name") : ipv6;
        Optional<InetAddress> address = HostText.address(host);
        if (ipv6 != null && (address.isEmpty() || !ipv6.contains(":"))) {
            throw new IllegalArgumentException();
        }
        String port = entry.group("port");
        for (int each : port == null ? USUAL_PORTS : List.of(PORT.reader().apply(port))) {
            entries.add(
                    address.isPresent()
                            ? new InetSocketAddress(address.get(), each)
                            : InetSocketAddress.createUnresolved(comparable(host), each));
        }
    }

    /** Whether they hold this host and port as they are written; asks no resolver. */
    public boolean name(String host, int port) {
        Optional<InetAddress> address = HostText.address(host);
        return entries.contains(
                address.isPresent()
                        ? new InetSocketAddress(address.get(), port)
                        : InetSocketAddress.createUnresolved(comparable(host), port));
    }

    /** Those that are addresses. */
    public List<InetSocketAddress> addresses() {
        return entries.stream().filter(entry -> !entry.isUnresolved()).toList();
    }

    /** RFC 1034 §3.1: case does not count, and the dot at the end is implied. */
    private static String comparable(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }
}
