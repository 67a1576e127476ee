package dev.weir.upstream;

/**
 * One destination's counts at one moment.
 *
 * @param origin {@code scheme://host:port}
 * @param leased connections that serve an exchange
 * @param idle pooled connections that wait for one
 * @param opening connections being opened
 * @param queued exchanges waiting for a connection
 * @param sockets permits held: sockets being opened, open, or being closed
 */
public record DestinationSnapshot(String origin, int leased, int idle, int opening, int queued, int sockets) {
    /** Both together: connections that name their client are kept apart, and lead to the same upstream. */
    DestinationSnapshot with(DestinationSnapshot other) {
        return new DestinationSnapshot(
                origin,
                leased + other.leased,
                idle + other.idle,
                opening + other.opening,
                queued + other.queued,
                sockets + other.sockets);
    }
}
