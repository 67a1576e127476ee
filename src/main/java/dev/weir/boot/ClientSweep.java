package dev.weir.boot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
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

    /** @param occasion another number is another occasion to be slow */
    private record Seen(Doing doing, long occasion, long sinceNanos) {}

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
            SweptClient.of(endPoint).ifPresent(client -> sweep(endPoint, client, before.get(endPoint), now));
        }
    }

    private void sweep(EndPoint endPoint, SweptClient client, Seen before, long now) {
        Seen current = current(client, before, now);
        if (current.doing() == Doing.BUSY) {
            if (limit.isCrowded()) {
                client.sayGoodbye();
            }
        } else if (!(isOver(current, now) && client.close(current.doing()))) {
            seen.put(endPoint, current);
        }
    }

    private static Seen current(SweptClient client, Seen before, long now) {
        long occasion = client.occasion();
        Doing doing = client.doing();
        boolean continued = before != null && before.occasion() == occasion && isContinued(before.doing(), doing);
        if (continued && before.doing() == doing) {
            return before;
        }
        return new Seen(doing, occasion, continued ? before.sinceNanos() : now);
    }

    /** The first head has its time from connecting on, not from its first byte nor from the end of a handshake. */
    private static boolean isContinued(Doing before, Doing now) {
        return before == now || isStart(before) && isStart(now);
    }

    private static boolean isStart(Doing doing) {
        return doing == Doing.SILENT || doing == Doing.HEAD;
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
}
