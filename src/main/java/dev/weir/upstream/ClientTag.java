package dev.weir.upstream;

import dev.weir.config.ProxyHeader;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import org.eclipse.jetty.client.ProxyProtocolClientConnectionFactory.V1;
import org.eclipse.jetty.client.ProxyProtocolClientConnectionFactory.V2;

/**
 * Names a client to an upstream: Jetty keeps connections with different tags apart, as destinations of their own, and
 * begins each with the PROXY header that its tag says.
 */
final class ClientTag {
    private ClientTag() {}

    /**
     * The tag of one client connection, or that of nobody where an address is not known.
     *
     * @param version not {@link ProxyHeader#NONE}
     * @param client where it comes from
     * @param here where it has come to
     */
    static Object of(ProxyHeader version, InetSocketAddress client, InetSocketAddress here) {
        if (client == null || here == null) {
            return version == ProxyHeader.V1 ? V1.Tag.UNKNOWN : V2.Tag.LOCAL;
        }
        boolean ipv4 = client.getAddress() instanceof Inet4Address;
        if (version == ProxyHeader.V1) {
            String family = ipv4 ? "TCP4" : "TCP6";
            return new V1.Tag(family, literal(client), client.getPort(), literal(here), here.getPort());
        }
        return new V2.Tag(
                V2.Tag.Command.PROXY,
                ipv4 ? V2.Tag.Family.INET4 : V2.Tag.Family.INET6,
                V2.Tag.Protocol.STREAM,
                literal(client),
                client.getPort(),
                literal(here),
                here.getPort(),
                null);
    }

    /** Without the zone of a link-local address, which is this machine's own matter. */
    private static String literal(InetSocketAddress address) {
        String literal = address.getAddress().getHostAddress();
        int zone = literal.indexOf('%');
        return zone < 0 ? literal : literal.substring(0, zone);
    }
}
