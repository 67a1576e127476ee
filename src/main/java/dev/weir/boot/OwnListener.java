package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.Problem;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.UpstreamUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the routes that lead straight back to our own listener: each request to them would come back until everything is
 * used up. The longer ways back show at run time only, where the loop guard refuses them.
 *
 * @param address as bound
 */
record OwnListener(InetSocketAddress address) {
    /** @throws StartFailedException with every such route */
    void refuseRoutesToItself(Configuration configuration) throws StartFailedException {
        List<Problem> problems = new ArrayList<>();
        for (RouteConfiguration route : configuration.routes()) {
            UpstreamUrl upstream = route.values().get(RouteParameters.PROXY_TO).orElse(null);
            if (upstream != null && isReachedBy(upstream)) {
                problems.add(new Problem(
                        "proxyTo of route " + route.servletName() + " (" + route.prefix() + "/)",
                        upstream.toString(),
                        "another server: this is the address that Weir itself listens on, so that every request would"
                                + " come back to it",
                        Optional.empty()));
            }
        }
        if (!problems.isEmpty()) {
            throw StartFailedException.of(problems);
        }
    }

    /** Asks the resolver only where the port is ours. */
    private boolean isReachedBy(UpstreamUrl upstream) {
        if (upstream.port() != address.getPort()) {
            return false;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(upstream.host())).anyMatch(this::isReachedBy);
        } catch (UnknownHostException notHere) {
            return false; // it leads nowhere, which the first request will show
        }
    }

    /** A socket connected to the unspecified address reaches this machine's loopback. */
    private boolean isReachedBy(InetAddress target) {
        InetAddress own = address.getAddress();
        if (own.isAnyLocalAddress()) {
            return target.isAnyLocalAddress() || target.isLoopbackAddress() || isOnThisMachine(target);
        }
        return own.equals(target) || (target.isAnyLocalAddress() && own.isLoopbackAddress());
    }

    private static boolean isOnThisMachine(InetAddress target) {
        try {
            return NetworkInterface.getByInetAddress(target) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
