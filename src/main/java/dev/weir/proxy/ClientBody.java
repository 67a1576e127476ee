package dev.weir.proxy;

import dev.weir.exchange.Trailers;
import dev.weir.tunnel.Demand;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The client request's body, pulled by the upstream's sender: it is read only as fast as the upstream takes it, so that
 * a slow upstream stalls its own client and nothing is piled up. Its first bytes are kept until some of the request has
 * gone out: up to there it may go out on another connection instead.
 *
 * <p>Threads: a {@link Sending} by its sender, one at a time; the {@link ReadListener}'s methods by the container.
 */
final class ClientBody implements ReadListener {
    private final HttpServletRequest request;
    private final long length;
    private final int bufferSize;
    private final ByteBufferPool pool;
    private final ServletBuffers buffers;
    private final IntConsumer progress;
    private final Demand demand = new Demand();
    /** Held while the container's stream is used. */
    private final Object reading = new Object();

    private ServletInputStream in;
    private boolean heldBack;

    /** What is left of the length; below 0 where there is none. Guarded by {@link #reading}. */
    private long unread;
    /** Guarded by {@link #reading}. */
    private final FirstBytes first = new FirstBytes();

    /** Null as long as the body goes upstream. */
    private volatile RestOfBody rest;

    private volatile boolean open;
    private volatile boolean ended;
    private volatile HttpFields trailers;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private ClientBody(HttpServletRequest request, Machinery machinery, IntConsumer progress) {
        this.request = request;
        this.heldBack = AnnouncedBody.isHeldBack(request);
        this.length = AnnouncedBody.length(request);
        this.unread = length;
        this.bufferSize = machinery.requestBufferSize();
        this.pool = machinery.client().buffers();
        this.buffers = machinery.buffers();
        this.progress = progress;
    }

    /**
     * The body that the client has announced (RFC 9112 §6.3), be it an empty chunked one; null where it has not.
     *
     * @param progress told after each read how many bytes it brought
     */
    static ClientBody of(HttpServletRequest request, Machinery machinery, IntConsumer progress) {
        return AnnouncedBody.isIn(request) ? new ClientBody(request, machinery, progress) : null;
    }

    /** Whether the client waits to be told before it sends it (RFC 9110 §10.1.1), and has not been. */
    boolean isHeldBack() {
        synchronized (reading) {
            return heldBack;
        }
    }

    /** Holds it back no longer; false where it was not. */
    boolean letCome() {
        synchronized (reading) {
            boolean was = heldBack;
            heldBack = false;
            return was;
        }
    }

    /**
     * Starts listening to the container, unless it was stopped. Before that nothing is read, and not even the stream asked
     * for: Jetty sends 100 when it is.
     */
    void start() throws IOException {
        synchronized (reading) {
            if (failure.get() == null) {
                in = request.getInputStream();
                in.setReadListener(this);
            }
        }
    }

    /**
     * Lets go of the container's stream: after it, nothing is read any more. Returns when a read by another thread is
     * over, so that no read can reach a stream which the container has taken back for its next request.
     */
    void stop() {
        synchronized (reading) {
            failure.compareAndSet(null, new ClientGoneException(null));
            first.release();
        }
        RestOfBody thrownAway = rest;
        if (thrownAway != null) {
            thrownAway.stop();
        }
    }

    /** Whether more of it may come, and can be taken when it is not sent on. */
    boolean isComing() {
        synchronized (reading) {
            return in != null && !ended;
        }
    }

    /** Throws away what is still to come, and then calls back. After {@link #stop}. */
    void throwAwayRest(Runnable then, Scheduler scheduler) {
        rest = new RestOfBody(in, then, scheduler);
        wake();
    }

    /** It need not be given again: the request went out, or a response has come. */
    void goesOut() {
        synchronized (reading) {
            first.release();
        }
    }

    /** Whether it cannot be given once more from its first byte on; null is none, which is never gone. */
    static boolean isGone(ClientBody body) {
        if (body == null) {
            return false;
        }
        synchronized (body.reading) {
            return !body.first.isWhole();
        }
    }

    /** The body from its first byte on, for a request of which nothing has gone out. */
    Request.Content sending() {
        synchronized (reading) {
            first.repeat();
        }
        return new Sending();
    }

    /** One try to send it. What fails it is no matter of the next one. */
    private final class Sending implements Request.Content {
        private volatile Throwable sendFailure;

        /** None: the client's own Content-Type field goes out, and no other is invented. */
        @Override
        public String getContentType() {
            return null;
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.Chunk read() {
            Throwable failed = sendFailure;
            return failed == null ? ClientBody.this.read() : Content.Chunk.from(failed);
        }

        @Override
        public void demand(Runnable sender) {
            demand.await(sender);
        }

        @Override
        public void fail(Throwable cause) {
            sendFailure = cause;
        }
    }

    /** Whether the whole body has been read. */
    boolean isEnded() {
        return ended;
    }

    /** Whether the upstream would take bytes that the client has not sent. */
    boolean isWaitingForClient() {
        return demand.isOutstanding();
    }

    long length() {
        return length;
    }

    private Content.Chunk read() {
        synchronized (reading) {
            if (failure.get() != null) {
                return Content.Chunk.from(failure.get());
            }
            Content.Chunk again = first.take();
            if (again != null) {
                return again;
            }
            if (ended) {
                return Content.Chunk.EOF;
            }
            try {
                return open ? readOpen() : null;
            } catch (IOException | IllegalStateException cause) {
                failure.compareAndSet(null, new ClientGoneException(cause));
                return Content.Chunk.from(failure.get());
            }
        }
    }

    private Content.Chunk readOpen() throws IOException {
        // Tomcat's stream is not ready at its end, so its end is asked for first.
        if (in.isFinished()) {
            return end();
        }
        return in.isReady() ? readReady() : null;
    }

    /** HTTP/2 has ends of its own, trailers for one, that may come before the length was reached. */
    private Content.Chunk end() throws IOException {
        if (unread > 0) {
            throw new EOFException(unread + " bytes of the body are missing");
        }
        ended = true;
        if (length < 0) {
            trailers = Trailers.of(request);
        }
        return Content.Chunk.EOF;
    }

    private Content.Chunk readReady() throws IOException {
        RetainableByteBuffer buffer = pool.acquire(bufferSize, true);
        int read = -1;
        try {
            buffer.getByteBuffer().clear().limit(bufferSize);
            read = buffers.read(in, buffer.getByteBuffer());
        } finally {
            if (read <= 0) {
                buffer.release();
            }
        }
        if (read < 0) {
            return end();
        }
        progress.accept(read);
        unread -= read;
        // The upstream may answer as soon as it has the length it was told: then this must have been the end for us,
        // too.
        if (unread == 0 || (unread < 0 && in.isFinished())) {
            end();
        }
        return read == 0
                ? (ended ? Content.Chunk.EOF : Content.Chunk.EMPTY)
                : first.keep(Content.Chunk.from(buffer, ended));
    }

    /** The fields after a chunked body; null where there are none, and before its end. */
    HttpFields trailers() {
        return trailers;
    }

    @Override
    public void onDataAvailable() {
        open = true;
        wake();
    }

    private void wake() {
        RestOfBody thrownAway = rest;
        if (thrownAway == null) {
            demand.wake();
        } else if (open) {
            thrownAway.take();
        }
    }

    /** The end is for {@link #read} to find, with what comes after it. */
    @Override
    public void onAllDataRead() {
        open = true;
        wake();
    }

    @Override
    public void onError(Throwable cause) {
        failure.compareAndSet(null, new ClientGoneException(cause));
        open = true;
        wake();
    }
}
