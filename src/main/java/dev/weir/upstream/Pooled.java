package dev.weir.upstream;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http.HttpStatus;
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
    private final int maxLeases;

    /** What it serves or served last; set by the destination, on the thread that sends. */
    volatile HttpExchange exchange;

    /** Its upstream said more than the response that was asked for; set by whoever reads, before the release. */
    volatile boolean saysTooMuch;

    private final AtomicBoolean serving = new AtomicBoolean();

    int leases;
    long uses;
    long idleSinceNanos;
    long toldIdleNanos = KeepAliveField.NOT_TOLD;
    boolean retired;
    boolean removed;

    /** @param maxLeases exchanges at once: 1, more where the protocol multiplexes */
    Pooled(Connection connection, SocketPermit permit, int maxLeases, long nowNanos) {
        this.connection = connection;
        this.permit = permit;
        this.maxLeases = maxLeases;
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
        serving.set(true);
    }

    /** True once for each {@link #beginServing}. */
    boolean endServing() {
        return serving.compareAndSet(true, false);
    }

    /** Whether its upstream has switched protocols: it is no HTTP connection any more. */
    boolean isUpgraded() {
        HttpExchange last = exchange;
        return last != null
                && last.getResponse().getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101
                && last.getRequestFailure() == null
                && last.getResponseFailure() == null;
    }

    /** Its socket. */
    UpstreamEndPoint endPoint() {
        return UpstreamEndPoint.of(jetty().getEndPoint());
    }

    long receivedBytes() {
        return jetty().getBytesIn();
    }

    /** Whether its upstream has left it while it was idle; false where that cannot be asked, since TLS lies over it. */
    boolean isDeserted() {
        return jetty().getEndPoint() instanceof UpstreamEndPoint plain && plain.isDeserted();
    }

    private org.eclipse.jetty.io.Connection jetty() {
        return (org.eclipse.jetty.io.Connection) connection;
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
                || uses >= limits.maxUses()
                || (isIdle() && nowNanos - idleSinceNanos >= Math.min(limits.idleNanos(), toldIdleNanos));
    }
}
