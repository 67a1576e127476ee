package dev.weir.boot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Looks at the client connections every 250 ms and closes those that keep a place for nothing: heads that do not get
 * ready within {@code headTimeout}, never early and at most a second late; while it is crowded, also the idle ones and
 * those that have sent nothing, after a second.
 *
 * <p>Threads: the scheduler's one. Race: a connection is closed only if its pending read could be taken away from it,
 * which fails as soon as bytes have arrived for it; so none is cut while its request is being handled.
 */
final class ClientSweep extends AbstractLifeCycle {
    private static final long INTERVAL_MILLIS = 250;
    /** Where nobody waits, each other look goes round: seen half a second late, and closed half a second later. */
    private static final int LOOKS_A_ROUND = 2;
    /** How long an idle connection is kept while others wait, and one that we have ended for the client's own end. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What a connection is doing. */
    private enum Doing {
        /** Nothing was sent yet. */
        SILENT,
        /** A part of a head has come. */
        HEAD,
        /** Between two requests. */
        IDLE,
        /** We said the last word, and wait for the client to close. */
        ENDED,
        /** A request, or what was upgraded. */
        BUSY
    }

    /** @param requests whole heads so far: another number is another occasion */
    private record Seen(Doing doing, long requests, long sinceNanos) {}

    private final ServerConnector connector;
    private final ClientLimit limit;
    private final long headTimeoutNanos;
    private Map<EndPoint, Seen> seen = new HashMap<>();
    private int looks;

    ClientSweep(ServerConnector connector, ClientLimit limit, Duration headTimeout) {
        this.connector = connector;
        this.limit = limit;
        this.headTimeoutNanos = headTimeout.toNanos();
    }

    @Override
    protected void doStart() {
        next();
    }

    private void next() {
        connector.getScheduler().schedule(this::look, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (isStopping() || isStopped()) {
            return;
        }
        try {
            limit.update();
            looks++;
            if (limit.isCrowded() || looks % LOOKS_A_ROUND == 0) {
                sweep(System.nanoTime());
            }
        } finally {
            next();
        }
    }

    private void sweep(long now) {
        Map<EndPoint, Seen> before = seen;
        seen = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof AbstractEndPoint client
                    && client.getConnection() instanceof HttpConnection connection) {
                Seen current = current(client, connection, before.get(client), now);
                if (current.doing() != Doing.BUSY && !(isOver(current, now) && close(client, current.doing()))) {
                    seen.put(client, current);
                }
            }
        }
    }

    private static Seen current(AbstractEndPoint client, HttpConnection connection, Seen before, long now) {
        long requests = connection.getMessagesIn();
        Doing doing = doing(client, connection, requests);
        boolean continued = before != null && before.requests() == requests && isContinued(before.doing(), doing);
        if (continued && before.doing() == doing) {
            return before;
        }
        return new Seen(doing, requests, continued ? before.sinceNanos() : now);
    }

    /** The first head has its time from connecting on, not from its first byte. */
    private static boolean isContinued(Doing before, Doing now) {
        return before == now || (before == Doing.SILENT && now == Doing.HEAD);
    }

    private static Doing doing(AbstractEndPoint client, HttpConnection connection, long requests) {
        HttpParser.State state = connection.getParser().getState();
        if (client.isOutputShutdown()) {
            return Doing.ENDED;
        }
        if (state == HttpParser.State.START) {
            return requests == 0 ? Doing.SILENT : Doing.IDLE;
        }
        return state.compareTo(HttpParser.State.HEADER) <= 0 ? Doing.HEAD : Doing.BUSY;
    }

    private boolean isOver(Seen client, long now) {
        long nanos = now - client.sinceNanos();
        return switch (client.doing()) {
            case SILENT -> nanos >= headTimeoutNanos || (limit.isCrowded() && nanos >= GRACE_NANOS);
            case HEAD -> nanos >= headTimeoutNanos;
            case IDLE -> limit.isCrowded() && nanos >= GRACE_NANOS;
            case ENDED -> nanos >= GRACE_NANOS;
            case BUSY -> false;
        };
    }

    private static boolean close(AbstractEndPoint client, Doing doing) {
        boolean ours = client.getFillInterest().onFail(new TimeoutException("too slow, or not needed: " + doing))
                || doing == Doing.ENDED;
        if (ours) {
            client.close();
        }
        return ours;
    }
}
