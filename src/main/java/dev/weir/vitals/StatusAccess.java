package dev.weir.vitals;

import dev.weir.config.AddressRanges;
import dev.weir.exchange.Home;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may read the pages: the listed addresses, of connections, for what a container's own filters make of a forwarded field
 * is not believed. Loopback counts only for a request that was made on this machine for this machine: with a literal or
 * {@code localhost} as its host, which no page of another site can cause, and without a field that a proxy adds, or has had
 * before the container took it, since a proxy on the same machine does not make the world local.
 *
 * @param allowed {@code statusAllow}
 * @param home says where a connection comes from
 */
record StatusAccess(AddressRanges allowed, Home home) {
    boolean isAllowed(HttpServletRequest request) {
        Optional<InetAddress> peer = AddressRanges.address(home.peerAddress(request));
        return peer.isPresent()
                && allowed.contains(peer.get())
                && (!peer.get().isLoopbackAddress() || isDirect(request));
    }

    private boolean isDirect(HttpServletRequest request) {
        String host = request.getServerName();
        boolean local = host.equalsIgnoreCase("localhost")
                || AddressRanges.address(host).isPresent();
        return local
                && !home.isPeerRewritten(request)
                && Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(StatusAccess::isProxyField);
    }

    private static boolean isProxyField(String name) {
        return name.equals("forwarded")
                || name.equals("via")
                || name.equals("x-real-ip")
                || name.startsWith("x-forwarded-");
    }
}
