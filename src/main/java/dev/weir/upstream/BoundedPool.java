package dev.weir.upstream;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Jetty's view of a destination's {@link Share} in the budget, which decides everything.
 *
 * <p>Threads: any.
 */
final class BoundedPool extends AbstractLifeCycle implements ConnectionPool {
    private final ConnectionBudget budget;
    private final Share share;
    private final UpstreamConnector connector;

    BoundedPool(ConnectionBudget budget, Share share, UpstreamConnector connector) {
        this.connector = connector;
        this.budget = budget;
        this.share = share;
    }

    /** Whatever {@code create} says: what it stands for would be forgotten waiters, see {@link ConnectionBudget}. */
    @Override
    public Connection acquire(boolean create) {
        Pooled leased = budget.lease(share, connector.currentSelector());
        return leased == null ? null : leased.connection;
    }

    @Override
    public boolean isActive(Connection connection) {
        Pooled pooled = Pooled.of(connection);
        return pooled != null && budget.isLeased(pooled);
    }

    @Override
    public boolean isEmpty() {
        return budget.isUnused(share);
    }

    /** Never: every connection is opened by us, with a permit. */
    @Override
    public boolean accept(Connection connection) {
        return false;
    }

    @Override
    public boolean release(Connection connection) {
        Pooled pooled = Pooled.of(connection);
        if (pooled == null) {
            return false;
        }
        long toldIdleNanos = toldIdleNanos(pooled);
        pooled.forgetExchange(); // before the next one may get it
        return budget.release(pooled, toldIdleNanos);
    }

    private static long toldIdleNanos(Pooled pooled) {
        HttpExchange last = pooled.exchange;
        if (last == null) {
            return KeepAliveField.NOT_TOLD;
        }
        HttpFields fields = last.getResponse().getHeaders();
        String value = fields.get(HttpHeader.KEEP_ALIVE);
        return value == null ? KeepAliveField.NOT_TOLD : KeepAliveField.idleNanos(value);
    }

    @Override
    public boolean remove(Connection connection) {
        Pooled pooled = Pooled.of(connection);
        return pooled != null && (pooled.isUpgraded() ? budget.detach(pooled) : budget.remove(pooled));
    }

    @Override
    protected void doStop() {
        budget.closeAll(share);
    }
}
