package dev.weir.upstream;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.IConnection;
import org.eclipse.jetty.client.transport.SendFailure;
import org.eclipse.jetty.util.BlockingArrayQueue;

/**
 * A destination whose queue is bounded by those who really wait: every exchange passes Jetty's queue, and stays there
 * while its connection is being opened, but only where all connections serve others does it count as waiting.
 *
 * <p>Threads: any.
 *
 * <p>Race: between the queue and its connection an exchange is counted nowhere, so that a moment's overshoot is possible
 * and a refusal within the bounds is not.
 */
final class BoundedDestination extends HttpDestination {
    private final Set<Connection> serving = ConcurrentHashMap.newKeySet();
    private final int maxConnections;
    private final int maxQueued;

    BoundedDestination(HttpClient client, Origin origin, int maxConnections, int maxQueued) {
        super(client, origin);
        this.maxConnections = maxConnections;
        this.maxQueued = maxQueued;
    }

    @Override
    protected Queue<HttpExchange> newExchangeQueue(HttpClient client) {
        return new BlockingArrayQueue<>();
    }

    @Override
    protected boolean enqueue(Queue<HttpExchange> queue, HttpExchange exchange) {
        synchronized (serving) {
            return queue.size() < maxQueued + maxConnections - serving.size() && queue.offer(exchange);
        }
    }

    @Override
    protected SendFailure send(IConnection connection, HttpExchange exchange) {
        serving.add((Connection) connection);
        SendFailure failure = super.send(connection, exchange);
        if (failure != null) {
            serving.remove((Connection) connection);
        }
        return failure;
    }

    @Override
    public void release(Connection connection) {
        serving.remove(connection);
        super.release(connection);
    }

    @Override
    public boolean remove(Connection connection) {
        serving.remove(connection);
        return super.remove(connection);
    }
}
