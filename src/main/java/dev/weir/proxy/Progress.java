package dev.weir.proxy;

import dev.weir.config.RouteParameters;
import dev.weir.config.Values;
import dev.weir.upstream.Stage;
import dev.weir.upstream.UpstreamRequest;
import org.eclipse.jetty.client.Request;

/**
 * How far an exchange has come, by what the upstream request tells of itself: each step enters a {@link Phase} and sets its
 * deadline.
 *
 * <p>Threads: any.
 */
final class Progress implements Request.Listener {
    private final Relay relay;
    private final Machinery machinery;
    private final Values route;
    /** Null where the request has none. */
    private final ClientBody body;

    private final PhaseTimer timer;

    Progress(Relay relay, Machinery machinery, Values route, ClientBody body, PhaseTimer timer) {
        this.relay = relay;
        this.machinery = machinery;
        this.route = route;
        this.body = body;
        this.timer = timer;
    }

    /** Starts in the queue. */
    static PhaseTimer timer(Machinery machinery, Values route) {
        return new PhaseTimer(
                machinery.clock(),
                route.get(RouteParameters.QUEUE_TIMEOUT).toNanos(),
                route.get(RouteParameters.EXCHANGE_IDLE_TIMEOUT).toNanos(),
                route.get(RouteParameters.TIMEOUT).toNanos());
    }

    /** Enters a phase; false where the exchange is there already, or beyond. */
    boolean enter(Phase phase) {
        PhaseTimer.Entry entry = timer.enter(phase, nanos(phase));
        boolean entered = entry != PhaseTimer.Entry.NONE;
        if (entered && phase == Phase.RECEIVING && body != null) {
            body.goesOut();
        }
        if (entry == PhaseTimer.Entry.SOONER) {
            machinery.deadlines().schedule(relay);
        }
        if (entered && phase != Phase.QUEUED && phase.isBeforeSending()) {
            relay.exchange().report().opening();
        }
        return entered;
    }

    private long nanos(Phase phase) {
        return switch (phase) {
            case QUEUED, RESOLVING, CONNECTING, SECURING -> machinery.bounds().nanosBeforeSending(phase, route);
            case EXPECTING -> route.get(RouteParameters.EXPECT_CONTINUE_TIMEOUT).toNanos();
            case AWAITING_HEAD -> route.get(RouteParameters.RESPONSE_TIMEOUT).toNanos();
            case TUNNELLING -> route.get(RouteParameters.TUNNEL_IDLE_TIMEOUT).toNanos();
            case SENDING, RECEIVING, ENDING ->
                route.get(RouteParameters.EXCHANGE_IDLE_TIMEOUT).toNanos();
        };
    }

    /** Goes back to the queue, for the request is sent once more; false where a response has begun, or a refusal. */
    boolean startOver() {
        boolean back = timer.startOver(nanos(Phase.QUEUED));
        if (back) {
            machinery.deadlines().schedule(relay);
        }
        return back;
    }

    void onStage(Stage stage) {
        enter(Phase.valueOf(stage.name()));
    }

    @Override
    public void onBegin(Request request) {
        relay.exchange().report().sending();
        enter(body != null && body.isHeldBack() ? Phase.EXPECTING : Phase.SENDING);
    }

    /** By HTTP/2 the upstream may still say that it does not process it. */
    @Override
    public void onCommit(Request request) {
        if (body != null && !((UpstreamRequest) request).isHttp2()) {
            body.goesOut();
        }
    }

    @Override
    public void onSuccess(Request request) {
        enter(Phase.AWAITING_HEAD);
    }
}
