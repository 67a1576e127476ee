package dev.weir.exchange;

import dev.weir.config.AddressRanges;
import dev.weir.config.UpstreamUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;

/**
 * A set of sockets that are our own, at most 64, and whether a connection to a host and port would end at one of them.
 * One at the unspecified address stands for this machine's loopback and all addresses that its interfaces had when this
 * was made, IPv4 and IPv6 alike.
 *
 * <p>Threads: any. Nothing here waits but what {@link #lookUp} returns: a name counts as soon as its addresses are known.
 */
final class OwnAddresses {
    private static final int MOST = 64;
    private static final List<InetAddress> LOOPBACK = List.of(literal("127.0.0.1"), literal("::1"));

    private final Set<InetSocketAddress> sockets = new CopyOnWriteArraySet<>(); // few, and read by every exchange
    private final Set<InetAddress> interfaces = interfaces();
    private final OwnNames names = new OwnNames();

    OwnAddresses(Collection<InetSocketAddress> known) {
        known.stream().filter(socket -> !socket.isUnresolved()).forEach(sockets::add);
    }

    /** Adds a socket as a container tells it; false where it is none, is known already, or is one too many. */
    boolean add(String address, int port) {
        Optional<InetAddress> literal = AddressRanges.address(address);
        return literal.isPresent() && sockets.size() < MOST && sockets.add(new InetSocketAddress(literal.get(), port));
    }

    /** Starts to look up the names of those upstreams whose port is one of ours; done when they are known. */
    CompletableFuture<Void> lookUp(Collection<UpstreamUrl> upstreams) {
        return names.lookUp(upstreams.stream()
                .filter(upstream -> sockets.stream().anyMatch(own -> own.getPort() == upstream.port()))
                .map(UpstreamUrl::host)
                .filter(host -> literals(host).isEmpty())
                .collect(Collectors.toSet()));
    }

    /** Whether a connection to this upstream would end here, as far as its name is known by now. */
    boolean areReachedBy(UpstreamUrl upstream) {
        for (InetSocketAddress own : sockets) {
            if (own.getPort() == upstream.port() && isReachedBy(upstream.host(), own.getAddress())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a connection to this very socket would end here. */
    boolean areReachedBy(InetSocketAddress socket) {
        return sockets.stream()
                .anyMatch(own -> own.getPort() == socket.getPort()
                        && isReachedBy(reached(socket.getAddress()), own.getAddress()));
    }

    private boolean isReachedBy(String host, InetAddress own) {
        List<InetAddress> literals = literals(host);
        List<InetAddress> targets = literals.isEmpty() ? names.addresses(host) : literals;
        return targets.stream().anyMatch(target -> isReachedBy(reached(target), own));
    }

    private boolean isReachedBy(InetAddress target, InetAddress own) {
        return own.isAnyLocalAddress() ? target.isLoopbackAddress() || interfaces.contains(target) : own.equals(target);
    }

    /** What needs no resolver: an address, or this machine's own name for itself (RFC 6761 §6.3). */
    private static List<InetAddress> literals(String host) {
        return host.equals("localhost")
                ? LOOPBACK
                : AddressRanges.address(host).map(List::of).orElse(List.of());
    }

    /** Whoever connects to the unspecified address reaches the loopback of its family. */
    private static InetAddress reached(InetAddress target) {
        return target.isAnyLocalAddress() ? LOOPBACK.get(target.getAddress().length == 4 ? 0 : 1) : target;
    }

    private static Set<InetAddress> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException unknown) {
            return Set.of(); // then loopback alone is known to be this machine
        }
    }

    private static InetAddress literal(String address) {
        return AddressRanges.address(address).orElseThrow();
    }
}
