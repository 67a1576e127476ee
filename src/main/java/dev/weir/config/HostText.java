package dev.weir.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** How hosts and addresses are written. Reads literals only: nothing here ever asks the resolver. */
final class HostText {
    /** A name or an IPv4 address. An underscore is not a name for DNS purists, but is one for Docker and many teams. */
    static final String NAME = "[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_.])?";

    static final String HOST_AND_PORT = "(" + NAME + "|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?";

    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    /** Without leading zeros, which some read as octal. */
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?=\\d)|$)){4}");

    private HostText() {}

    /** The address that a literal stands for (IPv6 without brackets), or nothing where it is none. */
    static Optional<InetAddress> address(String literal) {
        try {
            if (IPV6_CHARACTERS.matcher(literal).matches()) {
                return Optional.of(InetAddress.getByName("[" + literal + "]"));
            }
            if (IPV4.matcher(literal).matches()) {
                return Optional.of(InetAddress.getByName(literal));
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
