package dev.weir.filter;

/**
 * One hop's element of the {@code Forwarded} field (RFC 7239 §4).
 *
 * @param peer the address of who asked, IPv6 without brackets and zone
 * @param host what was asked for, {@code host[:port]}
 * @param scheme {@code http} or {@code https}
 */
public record ForwardedElement(String peer, String host, String scheme) {
    /** The element as it stands in the field: an IPv6 address in brackets and quotes (§6), the host always in quotes. */
    @Override
    public String toString() {
        String node = peer.indexOf(':') < 0 ? peer : "\"[" + peer + "]\"";
        return "for=" + node + ";host=\"" + host + "\";proto=" + scheme;
    }
}
