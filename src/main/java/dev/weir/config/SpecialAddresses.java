package dev.weir.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that are not a public host's: what IANA's special-purpose registries (RFC 6890) do not call globally
 * reachable, multicast, and whatever carries such an IPv4 address inside an IPv6 one. An address of a kind that is
 * unknown here, beyond the global unicast range of IPv6, counts as special.
 */
final class SpecialAddresses {
    private static final AddressRanges IPV4 = AddressRanges.parse("0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8,"
            + "169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24, 192.0.2.0/24, 192.88.99.0/24, 192.168.0.0/16,"
            + "198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24,"
            + "224.0.0.0/4, 240.0.0.0/4");
    /** All that is handed out to public hosts, RFC 4291 §2.4; the well-known prefix of NAT64 stands for IPv4. */
    private static final AddressRanges IPV6_PUBLIC = AddressRanges.parse("2000::/3, 64:ff9b::/96");

    private static final AddressRanges IPV6 = AddressRanges.parse("2001::/23, 2001:db8::/32, 3fff::/20");

    /** Where an IPv4 address stands in one of IPv6: behind 12 bytes, in 6to4 behind 2 (RFC 3056 §2). */
    private static final AddressRanges EMBEDDING = AddressRanges.parse("64:ff9b::/96, ::/96");

    private static final AddressRanges SIX_TO_FOUR = AddressRanges.parse("2002::/16");
    /** ISATAP (RFC 5214 §6.1): an interface identifier of these bytes, and the address behind it. */
    private static final List<byte[]> ISATAP =
            List.of(new byte[] {0, 0, 0x5e, (byte) 0xfe}, new byte[] {2, 0, 0x5e, (byte) 0xfe});

    private SpecialAddresses() {}

    static boolean hold(InetAddress address) {
        if (address.getAddress().length == 4) {
            return IPV4.contains(address);
        }
        boolean special = !IPV6_PUBLIC.contains(address) || IPV6.contains(address);
        return special || embedded(address).filter(IPV4::contains).isPresent();
    }

    /** The IPv4 address that an IPv6 one carries; Java has taken those out that are mapped (RFC 4291 §2.5.5.2). */
    static Optional<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return Optional.empty();
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(ipv4(bytes, 2));
        }
        boolean isatap = ISATAP.stream().anyMatch(id -> Arrays.equals(id, Arrays.copyOfRange(bytes, 8, 12)));
        return isatap || EMBEDDING.contains(address) ? Optional.of(ipv4(bytes, 12)) : Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // four bytes are one
        }
    }
}
