package dev.weir.upstream;

import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.transport.HttpDestination;

/**
 * One destination's counts at one moment; each is exact, together they may be a moment apart.
 *
 * @param origin {@code scheme://host:port}
 * @param leased connections that serve an exchange
 * @param idle pooled connections that wait for one
 * @param opening connections being opened
 * @param queued exchanges waiting for a connection
 */
public record DestinationSnapshot(String origin, int leased, int idle, int opening, int queued) {
    static DestinationSnapshot of(HttpDestination destination) {
        AbstractConnectionPool pool = (AbstractConnectionPool) destination.getConnectionPool();
        return new DestinationSnapshot(
                UpstreamClient.originOf(destination.getOrigin()),
                pool.getActiveConnectionCount(),
                pool.getIdleConnectionCount(),
                pool.getPendingConnectionCount(),
                destination.getQueuedRequestCount());
    }
}
