package dev.weir.vitals;

import dev.weir.limits.KernelSockets;
import dev.weir.limits.KernelSockets.State;
import dev.weir.limits.ProcessSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets towards upstreams, by address, as {@code netstat} and {@code lsof} would list them: at one moment, on Linux.
 *
 * <p>Those of this process, and of the whole machine those that rest in TIME_WAIT, which belong to no process any more.
 */
final class SocketTable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketTable.class);

    /** The sockets towards one address. */
    private static final class Row {
        private final Map<State, Integer> states = new EnumMap<>(State.class);
        /** Whoever's they are: each takes a port. */
        private int ports;
    }

    private final Map<InetSocketAddress, Row> rows = new HashMap<>();

    private SocketTable() {}

    /** Looks now; empty where the system does not list them. */
    static Optional<SocketTable> of(Collection<InetSocketAddress> addresses) {
        if (!KernelSockets.areListed()) {
            return Optional.empty();
        }
        SocketTable table = new SocketTable();
        addresses.forEach(address -> table.rows.put(address, new Row()));
        try {
            Set<Long> own = ProcessSockets.inodes();
            KernelSockets.visit(any -> true, (state, socket, inode) -> table.count(state, socket, own.contains(inode)));
            return Optional.of(table);
        } catch (IOException noDescriptor) {
            LOG.debug("The sockets are not listed", noDescriptor);
            return Optional.empty();
        }
    }

    private void count(State state, KernelSockets.Socket socket, boolean own) {
        Row row = rows.get(new InetSocketAddress(socket.peer(), socket.peerPort()));
        if (row != null) {
            row.ports++;
            if (own || state == State.TIME_WAIT) {
                row.states.merge(state, 1, Integer::sum);
            }
        }
    }

    /** How many sockets towards these addresses are in a state. */
    int in(State state, Collection<InetSocketAddress> addresses) {
        return addresses.stream()
                .mapToInt(address -> rows.get(address).states.getOrDefault(state, 0))
                .sum();
    }

    /** How many local ports are taken towards the one of these addresses where it is most: each has the whole range. */
    int portsTaken(Collection<InetSocketAddress> addresses) {
        return addresses.stream()
                .mapToInt(address -> rows.get(address).ports)
                .max()
                .orElse(0);
    }
}
