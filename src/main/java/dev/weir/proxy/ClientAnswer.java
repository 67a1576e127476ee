package dev.weir.proxy;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client response: pumps a body from its source to the client, as fast as the client reads and no faster. It alone
 * touches the response, so that a failure becomes a refusal where nothing was sent yet, and an abort where something was.
 *
 * <p>Threads: {@link #answer}, {@link #fail}, {@link #clientGone} and the {@link WriteListener}'s methods by any;
 * {@link IteratingCallback} lets one at a time into {@link #process}, which alone uses the fields that are not volatile.
 *
 * <p>Race: {@code iterate()} may come twice for one event; {@link #demanded} keeps the second pass from demanding again.
 */
final class ClientAnswer extends IteratingCallback implements WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAnswer.class);

    private final Exchange exchange;
    private final ServletOutputStream out;
    private final boolean bodiless;
    private final ServletBuffers buffers;
    private final Home home;
    private final AnswerListener listener;
    private final InterimAnswers interims;

    /** Held while the container's response is used. */
    private final Object touching = new Object();

    /** What the container may still be sending. */
    private final AtomicReference<Content.Chunk> writing = new AtomicReference<>();

    private volatile Answer answer;
    private volatile Refusal failure;
    private volatile boolean gone;
    private volatile boolean containerEnded;
    private volatile boolean over;
    private volatile boolean demanded;
    private Answer refusal;
    private boolean headWritten;
    private boolean unflushed;
    private boolean lastWritten;
    private boolean aborted;

    ClientAnswer(Exchange exchange, Home home, ServletBuffers buffers, AnswerListener listener) throws IOException {
        this.exchange = exchange;
        this.out = exchange.response().getOutputStream();
        this.bodiless = "HEAD".equals(exchange.request().getMethod());
        this.home = home;
        this.buffers = buffers;
        this.listener = listener;
        this.interims = new InterimAnswers(exchange, home);
    }

    /** Starts listening to the container, on the thread of {@code service}: later writes then go out at once. */
    void start() {
        out.setWriteListener(this);
    }

    /** Gives an interim response to send before the head; see {@link InterimAnswers#add}. */
    void interim(int status, HttpFields fields, Runnable then) {
        interims.add(status, fields, then);
        iterate();
    }

    /** Gives what to send, unless the answer has failed. Once; behind a 101 it is the listener that goes on. */
    void answer(Answer given) {
        answer = given;
        iterate();
    }

    /**
     * Ends the answer: with the refusal where nothing was sent, else with an abort. The first failure counts; the client
     * hears of none before {@code before} has run.
     */
    void fail(Refusal cause, Runnable before) {
        boolean first = failure == null;
        failure = first ? cause : failure;
        before.run();
        iterate();
    }

    /** Ends the answer without another word: nobody is there to read it. */
    void clientGone() {
        gone = true;
        iterate();
    }

    /**
     * The container has found the client gone and is about to take the response back for its next request. Returns when
     * nobody touches it any more: Tomcat would let one exchange write into another's response.
     */
    void containerFailed() {
        synchronized (touching) {
            gone = true;
        }
        iterate();
        synchronized (touching) {
            // What another thread has not ended by now, the container ends.
            containerEnded = true;
        }
    }

    /**
     * The container is done with the response, which may not be touched any more: nothing is being written.
     *
     * <p>Race: the last pass may be over or not; whoever is second here or in {@link #end} releases what was written. Where
     * it is over, the thread that told the container may not have come back: nobody is to wait for that one.
     */
    void containerEnded() {
        if (over) {
            containerEnded = true;
        } else {
            synchronized (touching) {
                containerEnded = true;
            }
        }
        iterate();
        if (over) {
            release();
        }
    }

    @Override
    public void onWritePossible() {
        iterate();
    }

    @Override
    public void onError(Throwable cause) {
        listener.onClientGone();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() {
        try {
            synchronized (touching) {
                return pump();
            }
        } catch (IOException | RuntimeException cause) {
            if (Failures.isOurs(cause)) {
                exchange.report().conclude(Failures.internal(cause));
            }
            LOG.debug("The client left", cause);
            listener.onClientGone();
            return stop();
        }
    }

    private Action pump() throws IOException {
        while (true) {
            if (containerEnded) {
                return Action.SUCCEEDED;
            }
            if (gone) {
                return stop();
            }
            if (failure != null && refusal == null && headWritten) {
                // Tomcat may hold the head back still, and would send an error page in its place.
                flush(answer);
                return stop();
            }
            if (!out.isReady()) {
                return Action.IDLE;
            }
            release();
            if (!headWritten && interims.sendNext(this::iterate)) {
                return Action.IDLE;
            }
            if (lastWritten) {
                return Action.SUCCEEDED;
            }
            Answer now = current();
            if (now == null || (demanded && now != refusal)) {
                return Action.IDLE;
            }
            Content.Chunk chunk = now.body().read();
            if (chunk == null) {
                flush(now);
                demanded = true;
                now.body().demand(this::onMore);
                return Action.IDLE;
            }
            if (Content.Chunk.isFailure(chunk)) {
                listener.onSourceFailure(chunk.getFailure());
                return Action.IDLE;
            }
            write(now, chunk);
        }
    }

    /** Ends the message where it stands, as an abort: not even nothing may pass for a whole one. */
    private Action stop() {
        aborted = true;
        return Action.SUCCEEDED;
    }

    private Answer current() {
        if (failure != null && refusal == null) {
            refusal = Answer.of(failure, exchange.request());
        }
        return refusal != null ? refusal : answer;
    }

    private void onMore() {
        demanded = false;
        iterate();
    }

    private void write(Answer now, Content.Chunk chunk) throws IOException {
        writeHead(now);
        lastWritten = chunk.isLast();
        if (chunk.hasRemaining()) {
            writing.set(chunk);
            int bytes = chunk.remaining();
            exchange.report().sent(bytes);
            buffers.write(out, chunk.getByteBuffer());
            unflushed = true;
            if (buffers.isFlushed(bytes)) {
                flush(now);
            }
            listener.onProgress();
            return;
        }
        chunk.release();
        if (lastWritten && now.isLengthInvented(bodiless)) {
            flush(now);
        }
    }

    /** Sends what the container holds back: the head, where no body byte follows yet, or a short chunk. */
    private void flush(Answer now) throws IOException {
        writeHead(now);
        if (unflushed && out.isReady()) {
            unflushed = false;
            out.flush();
        }
    }

    private void writeHead(Answer now) {
        if (!headWritten) {
            headWritten = true;
            unflushed = true;
            buffers.makeRoom(exchange.response(), now);
            now.writeHead(exchange.response(), home);
            if (now.isOfUnknownLength()) {
                home.frame(exchange);
            }
        }
    }

    @Override
    protected void onCompleteSuccess() {
        end();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        exchange.report().conclude(Failures.internal(cause));
        aborted = true;
        end();
    }

    private void end() {
        conclude();
        try {
            listener.beforeEnd();
            over = true;
            endMessage();
        } catch (RuntimeException unexpected) {
            LOG.error("The end of an answer failed inside Weir", unexpected);
        } finally {
            // Whatever a container throws that has ended the exchange first: the permits come back.
            listener.onEnd(lastWritten && refusal == null);
        }
    }

    private void conclude() {
        if (failure != null) {
            boolean cut = headWritten && refusal == null;
            exchange.report().conclude(cut ? Outcome.TRUNCATED : failure.outcome(), failure.sentence());
        } else if (!lastWritten) {
            exchange.report().conclude(Outcome.CLIENT_GONE, null);
        } else if (!answer.isSwitch()) {
            exchange.report().conclude(Outcome.OK, null);
        }
    }

    private void endMessage() {
        synchronized (touching) {
            if (containerEnded) {
                release();
            } else if (aborted) {
                home.abort(exchange, this::containerEnded);
            } else if (refusal == null && answer.isSwitch()) {
                listener.onSwitch();
            } else if (!listener.throwAwayRest()) {
                exchange.complete();
            }
        }
    }

    private void release() {
        Content.Chunk done = writing.getAndSet(null);
        if (done != null) {
            done.release();
        }
    }
}
