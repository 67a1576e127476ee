package dev.weir.upstream;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One destination's counts at one moment.
 *
 * @param origin {@code scheme://host:port}
 * @param leased connections that serve an exchange
 * @param idle pooled connections that wait for one
 * @param opening connections being opened
 * @param queued exchanges waiting for a connection
 * @param sockets permits held: sockets being opened, open, or being closed
 * @param ever what has happened since it was last forgotten
 * @param addresses where its sockets lead, or led last
 */
public record DestinationSnapshot(
        String origin,
        int leased,
        int idle,
        int opening,
        int queued,
        int sockets,
        Ever ever,
        Set<InetSocketAddress> addresses) {
    /**
     * Counts that only grow.
     *
     * @param leases exchanges that were given a connection
     * @param firstLeases of these, exchanges that were given one which had served nobody before
     * @param failures sockets that were to be opened, and came to nothing
     * @param evictions connections closed to make room for another destination
     */
    public record Ever(long leases, long firstLeases, long failures, long evictions) {
        /** Those of nobody. */
        public static final Ever NONE = new Ever(0, 0, 0, 0);

        /** Both together. */
        public Ever with(Ever other) {
            return new Ever(
                    leases + other.leases,
                    firstLeases + other.firstLeases,
                    failures + other.failures,
                    evictions + other.evictions);
        }
    }

    /** Both together: connections that name their client are kept apart, and lead to the same upstream. */
    DestinationSnapshot with(DestinationSnapshot other) {
        return new DestinationSnapshot(
                origin,
                leased + other.leased,
                idle + other.idle,
                opening + other.opening,
                queued + other.queued,
                sockets + other.sockets,
                ever.with(other.ever),
                Stream.concat(addresses.stream(), other.addresses.stream()).collect(Collectors.toUnmodifiableSet()));
    }
}
