package dev.weir.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A set of IP addresses: single ones, CIDR ranges (RFC 4632, RFC 4291 §2.3) and the word {@code loopback}. Names are no
 * addresses: nothing here ever asks the resolver. Immutable.
 */
public final class AddressRanges {
    private static final Pattern IN_BRACKETS_OR_WITH_A_ZONE = Pattern.compile("^\\[?([^\\[\\]%]*)(%[^\\]]*)?]?$");

    /** Written as a comma list, or {@code none}. */
    static final Format<AddressRanges> FORMAT = new Format<>(
            "a comma list of addresses, ranges such as 10.0.0.0/8 or fd00::/8 and the word loopback; or none",
            AddressRanges::read);

    private final String text;
    private final List<Predicate<InetAddress>> ranges;

    private AddressRanges(String text, List<Predicate<InetAddress>> ranges) {
        this.text = text;
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Reads {@code 10.0.0.0/8, ::1, loopback} or {@code none}.
     *
     * @throws BadValueException if any part of it is neither
     */
    public static AddressRanges parse(String text) {
        return FORMAT.read(text);
    }

    private static AddressRanges read(String text) {
        List<Predicate<InetAddress>> ranges = new ArrayList<>();
        if (!text.equals("none")) {
            for (String part : text.split(",", -1)) {
                ranges.add(range(part.strip()));
            }
        }
        return new AddressRanges(text, ranges);
    }

    private static Predicate<InetAddress> range(String text) {
        if (text.equals("loopback")) {
            return InetAddress::isLoopbackAddress;
        }
        int slash = text.indexOf('/');
        byte[] network = HostText.address(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(IllegalArgumentException::new)
                .getAddress();
        int bits = slash < 0 ? network.length * 8 : prefixLength(text.substring(slash + 1), network.length * 8);
        return address -> startsAlike(network, address.getAddress(), bits);
    }

    private static int prefixLength(String text, int most) {
        return Format.number(0, most).reader().apply(text);
    }

    private static boolean startsAlike(byte[] network, byte[] address, int bits) {
        if (network.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((network[bit >> 3] ^ address[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether nobody is in it. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether the address is in one of the ranges. An IPv4 address is never in an IPv6 range. */
    public boolean contains(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.test(address));
    }

    /** Whether a peer's address, as a container writes it, is in one of the ranges. A name never is. */
    public boolean contains(String written) {
        return !isEmpty() && address(written).filter(this::contains).isPresent();
    }

    /** The address that a container's text stands for, or nothing where it is none; never asks the resolver. */
    public static Optional<InetAddress> address(String written) {
        return HostText.address(literal(written));
    }

    /** A peer's address in one form for all containers: Jetty puts IPv6 in brackets, and all add a zone where one is. */
    public static String literal(String written) {
        boolean plain = written.indexOf('[') < 0 && written.indexOf('%') < 0;
        return plain ? written : IN_BRACKETS_OR_WITH_A_ZONE.matcher(written).replaceFirst("$1");
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
