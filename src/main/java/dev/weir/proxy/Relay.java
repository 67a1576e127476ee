package dev.weir.proxy;

import dev.weir.config.Values;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.Leg;
import dev.weir.exchange.Refusal;
import dev.weir.upstream.UpstreamRequest;
import jakarta.servlet.AsyncEvent;
import java.io.IOException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.CyclicTimeouts;

/**
 * Conducts one exchange between the client's request and response and the upstream's: sends, times, answers, and makes
 * one end of whatever happens first.
 *
 * <p>Threads: {@link #start} by the container; the listeners by the upstream client's and the container's, at any time.
 * What changes the client response goes through {@link ClientAnswer}, one at a time.
 */
final class Relay implements Response.Listener, AsyncEndListener, AnswerListener, CyclicTimeouts.Expirable {
    private final Exchange exchange;
    private final Machinery machinery;
    private final Values route;
    private final ClientAnswer answer;
    private final ClientBody body;
    private final PhaseTimer timer;
    private final Progress progress;
    private final ProtocolSwitch protocolSwitch;
    private volatile UpstreamRequest upstream;

    Relay(Exchange exchange, Machinery machinery) throws IOException {
        this.exchange = exchange;
        this.machinery = machinery;
        this.route = exchange.route().values();
        this.timer = Progress.timer(machinery, route);
        this.answer = new ClientAnswer(exchange, machinery.home(), machinery.buffers(), this);
        this.body = ClientBody.of(exchange.request(), machinery, this::received);
        this.progress = new Progress(this, machinery, route, body, timer);
        this.protocolSwitch = new ProtocolSwitch(exchange, machinery, timer, progress);
        this.upstream = machinery.newRequest(exchange);
    }

    private void received(int bytes) {
        timer.received(bytes);
        exchange.report().received(bytes);
    }

    /** Goes asynchronous and sends the upstream request. */
    void start() throws IOException {
        var async = exchange.request().startAsync();
        async.setTimeout(0);
        async.addListener(this);
        exchange.goAsynchronous();
        machinery.deadlines().add(this);
        exchange.onEnd(() -> machinery.deadlines().remove(this));
        answer.start();
        upstream.headers(fields -> fields.add(exchange.upstreamFields()));
        if (body != null && body.isHeldBack()) {
            upstream.headers(fields -> fields.put("Expect", "100-continue"));
        } else if (body != null) {
            body.start();
        }
        if (body != null && body.length() < 0) {
            upstream.headers(fields -> fields.put("Transfer-Encoding", "chunked"));
            upstream.trailersSupplier(body::trailers);
        }
        exchange.beginUpstream();
        send();
        machinery.home().whenClientGone(exchange, this::onClientGone);
    }

    private void send() {
        if (body != null) {
            upstream.body(body.sending());
        }
        upstream.onRequestListener(progress);
        upstream.onStage(progress::onStage);
        upstream.onInterim(this::onInterim);
        upstream.send(this);
    }

    /** Cheaper than that of its identity, which {@link Deadlines} would have Java work out for each exchange. */
    @Override
    public int hashCode() {
        return exchange.report().hashOfBeginning();
    }

    @Override
    public long getExpireNanoTime() {
        return timer.expires();
    }

    /** A deadline may have passed; called again until the exchange ends or the deadline moves. */
    void onDeadline() {
        PhaseTimer.Passed passed = timer.passed();
        Phase phase = timer.phase();
        if (passed == PhaseTimer.Passed.TOTAL) {
            fail(Failures.totalTimeout(route));
        } else if (passed == PhaseTimer.Passed.PHASE && phase == Phase.EXPECTING) {
            takeBody();
        } else if (passed == PhaseTimer.Passed.PHASE && phase != Phase.ENDING) {
            boolean clientSlow = body != null && body.isWaitingForClient();
            fail(failures().phaseTimeout(phase, clientSlow, route));
        } else if (passed == PhaseTimer.Passed.PHASE) {
            // Not even our own short answer is being read.
            answer.clientGone();
        }
    }

    /** Ends the exchange for a reason; the first one counts. */
    private void fail(Refusal refusal) {
        if (protocolSwitch.isMade()) {
            exchange.report().conclude(refusal); // there is no message left to say it with
        }
        progress.enter(Phase.ENDING);
        // In this order: nothing may be sent any more that the client was told is refused.
        answer.fail(
                refusal, () -> abortUpstream(new IOException(refusal.outcome().label())));
    }

    private Failures failures() {
        return new Failures(machinery, exchange);
    }

    private void abortUpstream(Throwable cause) {
        upstream.abort(cause);
        protocolSwitch.cut();
    }

    /** Cuts the tunnel that the exchange has become, where it has. */
    void cutTunnel() {
        protocolSwitch.cut();
    }

    // What the upstream's side tells.

    private void onInterim(Response response) {
        if (response.getStatus() == HttpStatus.CONTINUE_100) {
            takeBody();
            return;
        }
        ResponseHead head = new ResponseHead(exchange, machinery);
        Refusal refusal = head.filter(response);
        if (refusal != null) {
            fail(refusal);
        } else if (head.isCarried()) {
            answer.interim(response.getStatus(), exchange.clientFields(), null);
        }
    }

    /** Has the client send the body that it holds back, and the upstream's sender take it. */
    private void takeBody() {
        if (body != null && body.letCome()) {
            progress.enter(Phase.SENDING);
            answer.interim(HttpStatus.CONTINUE_100, HttpFields.EMPTY, this::startBody);
        }
    }

    private void startBody() {
        try {
            body.start();
            upstream.proceed();
        } catch (IOException cause) {
            onClientGone();
        }
    }

    @Override
    public void onHeaders(Response response) {
        if (!progress.enter(Phase.RECEIVING)) {
            return;
        }
        Refusal refusal = new ResponseHead(exchange, machinery).take(response);
        if (refusal != null) {
            fail(refusal);
        }
    }

    @Override
    public void onContentSource(Response response, Content.Source source) {
        if (ProtocolSwitch.is(response)) {
            source.read(); // its end, which ends the response
            takeBody(); // an upstream should have asked for it first (RFC 9110 §7.8)
        } else if (timer.phase() == Phase.RECEIVING) {
            answer.answer(new Answer(response.getStatus(), exchange.clientFields(), source, response::getTrailers));
        }
    }

    @Override
    public void onSuccess(Response response) {
        upstream.answered();
    }

    @Override
    public void onComplete(Result result) {
        if (result.getResponseFailure() != null && sendAgain(result.getResponseFailure())) {
            return;
        }
        boolean switched = ProtocolSwitch.is(result.getResponse());
        if (switched && result.isSucceeded()) {
            // The upstream's leg goes on, as a tunnel's.
            protocolSwitch.begin(upstream, answer);
            return;
        }
        // A request that fails while its response came through whole is no failure: the upstream had heard enough.
        boolean whole = result.getResponse().getStatus() != 0 && !switched;
        Throwable failure = whole ? result.getResponseFailure() : result.getFailure();
        exchange.report().upstreamEnded();
        exchange.end(Leg.UPSTREAM);
        if (failure != null) {
            onSourceFailure(failure);
        }
    }

    /** Sends the request once more, where a pooled connection turned out to be dead and nothing can happen twice. */
    private boolean sendAgain(Throwable cause) {
        if (!upstream.maySendAgain(Failures.isLost(cause)) || ClientBody.isGone(body) || !progress.startOver()) {
            return false;
        }
        upstream = upstream.again();
        exchange.report().retried();
        if (timer.phase() == Phase.ENDING) {
            // It was refused meanwhile, and what was aborted then was the request before.
            upstream.abort(new IOException("refused while it was to be sent again"));
        }
        send();
        return true;
    }

    @Override
    public void onSourceFailure(Throwable cause) {
        if (Failures.isClientGone(cause)) {
            answer.clientGone();
        } else {
            Phase failedIn = timer.phase();
            progress.enter(Phase.ENDING);
            answer.fail(failures().of(cause, failedIn), () -> {});
        }
    }

    // What the client's side tells.

    /** Whether nothing of a response has come, so that nothing is written which would show that the client has left. */
    boolean awaitsHead() {
        // Not a CONNECT, whose clients expect no other answer before the one.
        return !exchange.isConnect() && timer.phase().compareTo(Phase.AWAITING_HEAD) <= 0;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Sends the client something that only one who is still there takes without a reset. */
    void askClient() {
        answer.interim(HttpStatus.PROCESSING_102, HttpFields.EMPTY, null);
    }

    @Override
    public void onProgress() {
        timer.moved();
    }

    @Override
    public void onClientGone() {
        progress.enter(Phase.ENDING);
        answer.clientGone();
        abortUpstream(new ClientGoneException(null));
    }

    @Override
    public void beforeEnd() {
        if (body != null) {
            body.stop();
        }
    }

    @Override
    public boolean throwAwayRest() {
        // HTTP/2 tells its client to stop instead.
        boolean comes = body != null
                && !exchange.isHttp2()
                && body.isComing()
                && machinery.home().sendEnd(exchange);
        if (comes) {
            body.throwAwayRest(exchange::complete, machinery.client().scheduler());
        }
        return comes;
    }

    @Override
    public void onSwitch() {
        protocolSwitch.clientTold();
    }

    @Override
    public void onEnd(boolean whole) {
        exchange.end(Leg.CLIENT);
        if (!whole || (body != null && !body.isEnded())) {
            // Nobody waits for the rest of the response; or it came before the upstream had the whole request.
            abortUpstream(new ClientGoneException(null)); // not the upstream's failure: never sent again
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        beforeEnd();
        answer.containerEnded();
    }

    @Override
    public void onError(AsyncEvent event) {
        progress.enter(Phase.ENDING);
        beforeEnd();
        answer.containerFailed();
        abortUpstream(new ClientGoneException(null));
    }
}
