package dev.weir.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Which destinations a route without a fixed one may have: what {@code allow} lists and {@code deny} does not. A name has to
 * be listed as a name, so that none is looked up that is not; and an address that is no public host's as an address,
 * whatever name leads to it, for a name may be made to lead anywhere.
 *
 * <p>Asked twice: of what the client names, and of each address that this turns out to be.
 *
 * @param route the servlet's name, for messages
 */
public record DestinationRules(String route, Destinations allow, Destinations deny) {
    /** What the rules say. */
    public enum Verdict {
        /** Of a name: as far as it is known before it is resolved. */
        ALLOWED,
        /** {@code allow} does not list it. */
        NOT_LISTED,
        /** {@code deny} lists it. */
        DENIED,
        /** It is a private, loopback or other special address, which a name alone does not allow. */
        NOT_PUBLIC
    }

    /** The rules of a route. */
    public static DestinationRules of(RouteConfiguration route) {
        return new DestinationRules(
                route.servletName(),
                route.values().get(RouteParameters.ALLOW),
                route.values().get(RouteParameters.DENY));
    }

    /** Of what the client named, before anything is resolved; the host in the form of {@link HostName#canonical}. */
    public Verdict ofHost(String host, int port) {
        Optional<InetAddress> literal = HostText.address(host);
        if (literal.isPresent()) {
            return ofAddress(host, port, literal.get());
        }
        if (deny.haveName(host, port)) {
            return Verdict.DENIED;
        }
        return allow.haveName(host, port) ? Verdict.ALLOWED : Verdict.NOT_LISTED;
    }

    /** What a client is told; of addresses no more than it has said itself. */
    public String sentence(Verdict verdict, String origin) {
        return switch (verdict) {
            case DENIED -> "The route " + route + " does not lead to " + origin + ": its deny lists it.";
            case NOT_PUBLIC ->
                "The route " + route + " does not lead to " + origin
                        + ": its address is a private or other special one,"
                        + " which the route's allow would have to list as an address.";
            default -> "The route " + route + " does not lead to " + origin + ": its allow does not list it.";
        };
    }

    /** Of an address that the host resolved to, or that is connected to. */
    public Verdict ofAddress(String host, int port, InetAddress address) {
        boolean denied = deny.haveName(host, port)
                || deny.haveAddress(address, port)
                || SpecialAddresses.embedded(address)
                        .filter(inner -> deny.haveAddress(inner, port))
                        .isPresent();
        if (denied) {
            return Verdict.DENIED;
        }
        boolean addressListed = allow.haveAddress(address, port);
        boolean literal = HostText.address(host).isPresent();
        if (!allow.haveName(host, port) && !(literal && addressListed)) {
            return Verdict.NOT_LISTED;
        }
        return addressListed || !SpecialAddresses.hold(address) ? Verdict.ALLOWED : Verdict.NOT_PUBLIC;
    }
}
