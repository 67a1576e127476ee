package dev.weir.proxy;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import dev.weir.exchange.Refusal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.IteratingCallback;

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
    /** Whom the answer tells what happens to it; called from within {@link #process}. */
    interface Listener {
        /** Bytes moved towards the client. */
        void onProgress();

        /** The body's source failed. Answered by a call to {@link #fail}, now or later. */
        void onSourceFailure(Throwable cause);

        /** Writing failed: the client is not there any more. */
        void onClientGone();

        /** The client's message has ended, in whatever way. Once, and the last call. */
        void onEnd();
    }

    /** A head and where its body comes from. */
    private record Answer(int status, HttpFields fields, Content.Source body) {}

    private final Exchange exchange;
    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final boolean bodiless;
    private final ServletBuffers buffers;
    private final Home home;
    private final Listener listener;

    private volatile Answer answer;
    private volatile Refusal failure;
    private volatile boolean gone;
    private volatile boolean demanded;
    private volatile Content.Chunk writing;
    private boolean refusing;
    private boolean headWritten;
    private boolean unflushed;
    private boolean lastWritten;
    private boolean aborted;

    ClientAnswer(Exchange exchange, Home home, ServletBuffers buffers, Listener listener) throws IOException {
        this.exchange = exchange;
        this.response = exchange.response();
        this.out = response.getOutputStream();
        this.bodiless = "HEAD".equals(exchange.request().getMethod());
        this.home = home;
        this.buffers = buffers;
        this.listener = listener;
    }

    /** Starts listening to the container, on the thread of {@code service}: later writes then go out directly. */
    void start() {
        out.setWriteListener(this);
    }

    /** Gives the head and the body to send. Once. */
    void answer(int status, HttpFields fields, Content.Source body) {
        if (failure == null) {
            answer = new Answer(status, fields, body);
            iterate();
        }
    }

    /** Ends the answer: with the refusal where nothing was sent, else with an abort. The first failure counts. */
    void fail(Refusal refusal) {
        if (failure == null) {
            failure = refusal;
            iterate();
        }
    }

    /** Ends the answer without another word: nobody is there to read it. */
    void clientGone() {
        gone = true;
        iterate();
    }

    /** The container is done with the response: nothing is being written any more. */
    void containerEnded() {
        clientGone();
        release();
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
            return pump();
        } catch (IOException | IllegalStateException cause) {
            // Tomcat throws IllegalStateException where the container ended the exchange first.
            listener.onClientGone();
            return Action.SUCCEEDED;
        }
    }

    private Action pump() throws IOException {
        while (true) {
            if (gone || !handleFailure()) {
                return Action.SUCCEEDED;
            }
            if (!out.isReady()) {
                return Action.IDLE;
            }
            release();
            if (lastWritten) {
                return Action.SUCCEEDED;
            }
            Answer now = answer;
            if (now == null || demanded) {
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

    /** @return false where the failure has ended the answer */
    private boolean handleFailure() {
        if (failure == null || refusing) {
            return true;
        }
        if (headWritten) {
            aborted = true;
            home.abort(exchange);
            return false;
        }
        refusing = true;
        demanded = false;
        answer = answerOf(failure);
        return true;
    }

    private Answer answerOf(Refusal refusal) {
        boolean json = Refusal.prefersJson(exchange.request().getHeader("Accept"));
        byte[] body = refusal.body(json);
        HttpFields.Mutable fields = HttpFields.build();
        refusal.fields(json).forEach(fields::add);
        fields.add("Content-Length", Integer.toString(body.length));
        return new Answer(
                refusal.status(), fields, new ByteBufferContentSource(ByteBuffer.wrap(bodiless ? new byte[0] : body)));
    }

    private void onMore() {
        demanded = false;
        iterate();
    }

    private void write(Answer now, Content.Chunk chunk) throws IOException {
        writeHead(now);
        lastWritten = chunk.isLast();
        if (chunk.hasRemaining()) {
            writing = chunk;
            buffers.write(out, chunk.getByteBuffer());
            unflushed = true;
            listener.onProgress();
            return;
        }
        chunk.release();
        // Jetty would invent a Content-Length of 0 for a HEAD whose length the upstream did not tell.
        if (lastWritten && bodiless && !now.fields().contains("Content-Length")) {
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
        if (headWritten) {
            return;
        }
        headWritten = true;
        unflushed = true;
        response.setStatus(now.status());
        for (HttpField field : now.fields()) {
            writeField(field);
        }
    }

    private void writeField(HttpField field) {
        if (field.getHeader() == null) {
            response.addHeader(field.getName(), field.getValue());
            return;
        }
        switch (field.getHeader()) {
            // The container has set its own already.
            case DATE, SERVER -> response.setHeader(field.getName(), field.getValue());
            // Tells the container when the message is whole, and when it is cut short.
            case CONTENT_LENGTH -> response.setContentLengthLong(field.getLongValue());
            default -> response.addHeader(field.getName(), field.getValue());
        }
    }

    @Override
    protected void onCompleteSuccess() {
        if (!aborted) {
            exchange.complete();
        }
        listener.onEnd();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        exchange.complete();
        listener.onEnd();
    }

    private void release() {
        Content.Chunk done = writing;
        if (done != null) {
            writing = null;
            done.release();
        }
    }
}
