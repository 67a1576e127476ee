package dev.weir.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Attachable;

/**
 * An open upstream connection and how it is used; the connection's attachment.
 *
 * <p>Threads: the fields that are not final are guarded by the {@link ConnectionBudget}, but for the volatile ones.
 */
final class Pooled {
    final Connection connection;
    final SocketPermit permit;
    final long openedNanos;
    /** Exchanges at once: 1, more where the protocol multiplexes, for as long as the upstream allows it. */
    int maxLeases;

    private final int maxUses;

    /** What it serves, of several the last; set by the destination, on the thread that sends. */
    volatile HttpExchange exchange;

    /** Its upstream said more than the response that was asked for; set by whoever reads, before the release. */
    volatile boolean saysTooMuch;

    private final AtomicInteger serving = new AtomicInteger();

    int leases;
    long uses;
    long idleSinceNanos;
    long toldIdleNanos = KeepAliveField.NOT_TOLD;
    boolean retired;
    boolean removed;
    /** Whether it is among those of its share that are believed to have room. */
    boolean listed;

    /**
     * @param maxLeases exchanges at once
     * @param maxUses exchanges in all
     */
    Pooled(Connection connection, SocketPermit permit, int maxLeases, int maxUses, long nowNanos) {
        this.connection = connection;
        this.permit = permit;
        this.maxLeases = maxLeases;
        this.maxUses = maxUses;
        this.openedNanos = nowNanos;
        this.idleSinceNanos = nowNanos;
    }

    /** The pool's entry for a connection; null for one that never came into the pool. */
    static Pooled of(Connection connection) {
        return (Pooled) ((Attachable) connection).getAttachment();
    }

    /** An exchange is sent on it. */
    void beginServing(HttpExchange served) {
        exchange = served;
        serving.incrementAndGet();
    }

    /** True once for each {@link #beginServing}. */
    boolean endServing() {
        return serving.getAndUpdate(served -> Math.max(0, served - 1)) > 0;
    }

    /** Ends every {@link #beginServing}, and says how many there were. */
    int endServingAll() {
        return serving.getAndSet(0);
    }

    /** What it served is over: an idle connection must not keep the kilobytes of its last exchange. */
    void forgetExchange() {
        exchange = null;
    }

    /** Whether it may serve several exchanges at once, none of which has the connection for itself. */
    boolean isShared() {
        return connection instanceof Http2UpstreamConnection;
    }

    /** Whether the connection that several exchanges shared went without our doing. */
    boolean isLostToAll() {
        return connection instanceof Http2UpstreamConnection shared && shared.isLost();
    }

    /** Whether its upstream has switched protocols: it is no HTTP connection any more. */
    boolean isUpgraded() {
        HttpExchange last = exchange;
        return last != null
                && !isShared()
                && last.getResponse().getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101
                && last.getRequestFailure() == null
                && last.getResponseFailure() == null;
    }

    /** Its socket. */
    UpstreamEndPoint endPoint() {
        return UpstreamEndPoint.of(endPoint(connection));
    }

    /** What an upstream connection reads and writes, which over TLS lies above the socket. */
    static EndPoint endPoint(Connection connection) {
        return connection instanceof Http2UpstreamConnection shared
                ? shared.endPoint()
                : ((org.eclipse.jetty.io.Connection) connection).getEndPoint();
    }

    long receivedBytes() {
        return connection instanceof Http2UpstreamConnection shared
                ? shared.receivedBytes()
                : ((org.eclipse.jetty.io.Connection) connection).getBytesIn();
    }

    /**
     * Whether its upstream has left it while it was idle; false where that cannot be asked: TLS lies over it, or it is read
     * all the time.
     */
    boolean isDeserted() {
        return !isShared() && endPoint(connection) instanceof UpstreamEndPoint plain && plain.isDeserted();
    }

    Share share() {
        return permit.share();
    }

    boolean isIdle() {
        return leases == 0;
    }

    boolean hasRoom() {
        return leases < maxLeases;
    }

    /** Whether it has served its time: retired, not to be trusted, too old, used too often, or idle for too long. */
    boolean isSpent(BudgetLimits limits, long nowNanos) {
        return retired
                || saysTooMuch
                || nowNanos - openedNanos >= limits.maxAgeNanos()
                || uses >= Math.min(maxUses, limits.maxUses())
                || (isIdle() && nowNanos - idleSinceNanos >= Math.min(limits.idleNanos(), toldIdleNanos));
    }
}
