package dev.weir.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * The client request's body, pulled by the upstream's sender: it is read only as fast as the upstream takes it, so that
 * a slow upstream stalls its own client and nothing is piled up.
 *
 * <p>Threads: {@link #read} and {@link #demand} by the sender, one at a time; the {@link ReadListener}'s methods by the
 * container.
 */
final class ClientBody implements Request.Content, ReadListener {
    private final ServletInputStream in;
    private final long length;
    private final int bufferSize;
    private final ByteBufferPool pool;
    private final ServletBuffers buffers;
    private final IntConsumer progress;
    private final Demand demand = new Demand();
    /** Held while the container's stream is used. */
    private final Object reading = new Object();

    /** What is left of the length; below 0 where there is none. Guarded by {@link #reading}. */
    private long unread;

    private volatile boolean open;
    private volatile boolean ended;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * @param bufferSize bytes of one read from the client
     * @param progress told after each read how many bytes it brought
     */
    ClientBody(
            HttpServletRequest request,
            int bufferSize,
            ByteBufferPool pool,
            ServletBuffers buffers,
            IntConsumer progress)
            throws IOException {
        this.in = request.getInputStream();
        this.length = isChunked(request) ? -1 : request.getContentLengthLong();
        this.unread = length;
        this.bufferSize = bufferSize;
        this.pool = pool;
        this.buffers = buffers;
        this.progress = progress;
    }

    /** Whether the client announced a body (RFC 9112 §6.3), be it an empty chunked one. */
    static boolean isAnnounced(HttpServletRequest request) {
        return isChunked(request) || request.getContentLengthLong() > 0 || isStreamed(request);
    }

    private static boolean isChunked(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null;
    }

    /** HTTP/2 needs no length and no transfer coding; methods that never have a body are left out. */
    private static boolean isStreamed(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/2")
                && request.getContentLengthLong() < 0
                && switch (request.getMethod()) {
                    case "GET", "HEAD", "OPTIONS", "TRACE", "DELETE" -> false;
                    default -> true;
                };
    }

    /** Starts listening to the container; before that nothing is read. */
    void start() {
        in.setReadListener(this);
    }

    /**
     * Lets go of the container's stream: after it, nothing is read any more. Returns when a read by another thread is
     * over, so that no read can reach a stream which the container has taken back for its next request.
     */
    void stop() {
        synchronized (reading) {
            failure.compareAndSet(null, new ClientGoneException(null));
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
        synchronized (reading) {
            if (failure.get() != null) {
                return Content.Chunk.from(failure.get());
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
            ended = true;
            return Content.Chunk.EOF;
        }
        return in.isReady() ? readReady() : null;
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
            ended = true;
            return Content.Chunk.EOF;
        }
        progress.accept(read);
        unread -= read;
        // The upstream may answer as soon as it has the length it was told: then this must have been the end for us,
        // too.
        ended = unread == 0 || in.isFinished();
        return read == 0 ? (ended ? Content.Chunk.EOF : Content.Chunk.EMPTY) : Content.Chunk.from(buffer, ended);
    }

    @Override
    public void demand(Runnable sender) {
        demand.await(sender);
    }

    @Override
    public void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    @Override
    public void onDataAvailable() {
        open = true;
        demand.wake();
    }

    @Override
    public void onAllDataRead() {
        open = true;
        ended = true;
        demand.wake();
    }

    @Override
    public void onError(Throwable cause) {
        failure.compareAndSet(null, new ClientGoneException(cause));
        open = true;
        demand.wake();
    }
}
