package dev.weir.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.IConnection;
import org.eclipse.jetty.client.transport.SendFailure;
import org.eclipse.jetty.util.BlockingArrayQueue;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A destination: the exchanges that wait for a connection, in the order in which they came, and the connections that are
 * on their way to them. The first of the one is for the first of the other: so an exchange knows whether a socket is being
 * opened for it, and where that fails, one exchange fails and the others wait on.
 *
 * <p>Its queue is bounded by those who really wait: every exchange passes it, but only where all connections serve others
 * does one count as waiting.
 *
 * <p>Threads: any.
 *
 * <p>Race: between the queue and its connection an exchange is counted nowhere, so that a moment's overshoot is possible
 * and a refusal within the bounds is not.
 */
final class BoundedDestination extends HttpDestination implements Share.Owner {
    /**
     * @param tlsHandshakeTimeout for TLS, and for HTTP/2 after it or without it
     * @param keepAlive whether a connection may serve more than one exchange
     */
    record Bounds(
            int maxConnections,
            int maxQueued,
            int connectsPerSecond,
            Duration tlsHandshakeTimeout,
            boolean keepAlive) {}

    private final Bounds bounds;
    private final DestinationCheck check;
    private final ConnectionBudget budget;
    private final Share share;
    private final boolean http2;
    private final AtomicInteger serving = new AtomicInteger();
    private final Object enqueuing = new Object();
    private volatile long nanosOfLastUse = System.nanoTime();
    private final Openings openings;
    private volatile Set<InetSocketAddress> addresses = Set.of();

    BoundedDestination(
            HttpClient client, Origin origin, ConnectionBudget budget, Bounds bounds, DestinationCheck check) {
        super(client, origin);
        this.check = check;
        this.bounds = bounds;
        this.budget = budget;
        this.share = budget.newShare(this, bounds.maxConnections(), bounds.connectsPerSecond());
        this.openings = new Openings(share);
        this.http2 = Http2Connections.isFor(origin);
        if (http2 && bounds.keepAlive()) {
            share.perSocket = Http2Connections.MOST_STREAMS;
        }
    }

    Share share() {
        return share;
    }

    /** Whether the upstream has to speak HTTP/2. */
    boolean isHttp2() {
        return http2;
    }

    /** What its addresses have to be. */
    DestinationCheck check() {
        return check;
    }

    Duration tlsHandshakeTimeout() {
        return bounds.tlsHandshakeTimeout();
    }

    Scheduler scheduler() {
        return getHttpClient().getScheduler();
    }

    @Override
    public String name() {
        return UpstreamClient.originOf(getOrigin());
    }

    @Override
    protected ConnectionPool newConnectionPool(HttpClient client) {
        return new BoundedPool(budget, share, ((UpstreamHttpClient) client).connector());
    }

    // The queue.

    @Override
    protected Queue<HttpExchange> newExchangeQueue(HttpClient client) {
        return new BlockingArrayQueue<>();
    }

    @Override
    public int waiting() {
        return getHttpExchanges().size();
    }

    /** Whether no exchange waits here or is served. */
    boolean isIdle() {
        return waiting() == 0 && serving.get() == 0;
    }

    long nanosOfLastUse() {
        return nanosOfLastUse;
    }

    @Override
    protected boolean enqueue(Queue<HttpExchange> queue, HttpExchange exchange) {
        nanosOfLastUse = System.nanoTime();
        synchronized (enqueuing) {
            if (((UpstreamRequest) exchange.getRequest()).hasWaited()) {
                // The next connection is the one for it.
                ((BlockingArrayQueue<HttpExchange>) queue).add(0, exchange);
                return true;
            }
            long served = (long) bounds.maxConnections() * share.perSocket;
            long most = bounds.maxQueued() + Math.max(0, served - serving.get());
            return queue.size() < most && queue.offer(exchange);
        }
    }

    @Override
    public void send() {
        super.send();
        openingMoved();
    }

    @Override
    protected SendFailure send(IConnection connection, HttpExchange exchange) {
        Pooled pooled = Pooled.of((Connection) connection);
        UpstreamRequest request = (UpstreamRequest) exchange.getRequest();
        if (!request.mayGoOn(pooled) || (!request.maySendTwice() && pooled.uses > 1 && pooled.isDeserted())) {
            pooled.connection.close();
            request.turnBack();
            return new SendFailure(new IOException("this connection may be dead"), true);
        }
        request.goesOn(pooled);
        pooled.beginServing(exchange);
        serving.incrementAndGet();
        if (isTunnel()) {
            TunnelConnection.handOver(this, pooled, exchange);
            return null;
        }
        SendFailure failure = super.send(connection, exchange);
        if (failure != null) {
            endServing(pooled);
            if (failure.retry) {
                request.turnBack(); // it was closed meanwhile, and must not be leased for ever
                budget.remove(pooled);
            }
        } else if (((Connection) connection).isClosed() && !pooled.isShared()) {
            // Whoever closed it meanwhile may have seen no exchange yet that has to fail with it.
            endServing(pooled);
            request.abort(new EOFException("closed while the request was given to it"));
        }
        return failure;
    }

    /** Whether its connections carry tunnels from the first byte on. */
    boolean isTunnel() {
        return getOrigin().getTag() instanceof RouteTag tag && tag.tunnel();
    }

    @Override
    public void release(Connection connection) {
        Pooled pooled = Pooled.of(connection);
        if (pooled != null) { // not a tunnel that is being opened through upstreamProxy
            endServing(pooled);
        }
        super.release(connection);
    }

    @Override
    public boolean remove(Connection connection) {
        Pooled pooled = Pooled.of(connection);
        if (pooled != null && !pooled.isUpgraded()) {
            serving.addAndGet(-pooled.endServingAll());
            expectFin(pooled);
        }
        return super.remove(connection);
    }

    /** It serves nobody any more; again does nothing. */
    void endServing(Pooled pooled) {
        if (pooled.endServing()) {
            serving.decrementAndGet();
        }
    }

    /** The exchange ended well and the connection is closed all the same: that is what both ends agreed on. */
    private void expectFin(Pooled pooled) {
        HttpExchange last = pooled.exchange;
        boolean agreed = last != null
                && !pooled.isShared()
                && budget.isLeased(pooled)
                && last.getRequestFailure() == null
                && last.getResponseFailure() == null
                && ((UpstreamRequest) last.getRequest()).isAnswered();
        if (agreed) {
            pooled.endPoint().peerWillFinish();
        }
    }

    // The connections on their way.

    @Override
    public void open(SocketPermit permit) {
        Opening opening = new Opening(this, permit, System.nanoTime());
        openings.begin(opening);
        openingMoved();
        newConnection(opening);
    }

    @Override
    public void growLater(long nanos) {
        scheduler().schedule(() -> budget.grow(share), nanos, TimeUnit.NANOSECONDS);
    }

    /** One of the connections that are being opened has come further. */
    void openingMoved() {
        openings.tell(getHttpExchanges());
    }

    /** For a second attempt beside one that does not answer. */
    AttemptPermits attemptPermits() {
        return new AttemptPermits() {
            @Override
            public boolean tryTake() {
                return budget.tryTakeExtra(share);
            }

            @Override
            public void giveBack() {
                budget.giveBackExtra(share);
            }
        };
    }

    void opened(Opening opening, Connection connection) {
        openings.end(opening);
        int room = bounds.keepAlive() && connection instanceof Http2UpstreamConnection shared ? shared.room() : 1;
        // Over HTTP/1.1 both ends say "Connection: close", and who closes first is agreed on.
        int uses = http2 && !bounds.keepAlive() ? 1 : Integer.MAX_VALUE;
        budget.opened(opening.permit, connection, room, uses);
        succeeded();
    }

    /** The upstream has changed its mind about how many exchanges a connection may serve at once. */
    void roomChanged(Connection connection, int room) {
        Pooled pooled = Pooled.of(connection);
        if (pooled != null && bounds.keepAlive()) {
            budget.changeRoom(pooled, room);
            send();
        }
    }

    /** A connection takes no further exchange, and is closed when it has none. */
    void retire(Connection connection) {
        budget.retire(share, pooled -> pooled.connection == connection);
    }

    void openFailed(Opening opening, Throwable cause) {
        List<HttpExchange> intended = openings.end(opening, getHttpExchanges());
        budget.openFailed(share, !(cause instanceof BindException));
        for (HttpExchange exchange : intended) {
            if (((UpstreamRequest) exchange.getRequest()).isFailedBy(opening, cause)) {
                exchange.getRequest().abort(cause);
            }
        }
        openingMoved();
        budget.grow(share);
    }

    @Override
    public void closeIdleOpenedBefore(long nanos) {
        budget.closeIdle(share, nanos);
    }

    boolean hasSockets() {
        return !budget.isUnused(share);
    }

    /** Its sockets are opened to one of these. */
    void opensTo(List<InetSocketAddress> found) {
        addresses = Set.copyOf(found);
    }

    @Override
    public Set<InetSocketAddress> addresses() {
        return addresses;
    }

    /** These are the addresses of its name now: a connection to any other takes no further exchange. */
    void leaveAllBut(Set<InetAddress> addresses) {
        budget.retire(
                share,
                pooled -> pooled.connection.getRemoteSocketAddress() instanceof InetSocketAddress peer
                        && !addresses.contains(peer.getAddress()));
    }

    DestinationSnapshot snapshot() {
        return budget.snapshot(share);
    }
}
