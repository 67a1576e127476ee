package dev.weir.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
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
 *
 * <p>Race: the sender finds nothing to read and demands, while the container says that something came. Whoever is second
 * sees the other's mark in {@link #waiting}.
 */
final class ClientBody implements Request.Content, ReadListener {
    /** In {@link #waiting}: the container has called and nobody has looked since. */
    private static final Object SOMETHING_CAME = new Object();

    private final ServletInputStream in;
    private final long length;
    private final int bufferSize;
    private final ByteBufferPool pool;
    private final ServletBuffers buffers;
    private final Runnable progress;
    /** Null, {@link #SOMETHING_CAME}, or the sender's {@link Runnable}. */
    private final AtomicReference<Object> waiting = new AtomicReference<>();

    private volatile boolean open;
    private volatile boolean ended;
    private volatile Throwable failure;

    /**
     * @param bufferSize bytes of one read from the client
     * @param progress called after each read that brought bytes
     */
    ClientBody(
            HttpServletRequest request, int bufferSize, ByteBufferPool pool, ServletBuffers buffers, Runnable progress)
            throws IOException {
        this.in = request.getInputStream();
        this.length = isChunked(request) ? -1 : request.getContentLengthLong();
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

    /** Whether the upstream would take bytes that the client has not sent. */
    boolean isWaitingForClient() {
        return waiting.get() instanceof Runnable;
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
        if (failure != null) {
            return Content.Chunk.from(failure);
        }
        if (ended) {
            return Content.Chunk.EOF;
        }
        try {
            if (!open) {
                return null;
            }
            // Tomcat's stream is not ready at its end, so its end is asked for first.
            if (in.isFinished()) {
                ended = true;
                return Content.Chunk.EOF;
            }
            return in.isReady() ? readReady() : null;
        } catch (IOException | IllegalStateException cause) {
            failure = cause;
            return Content.Chunk.from(cause);
        }
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
        progress.run();
        ended = in.isFinished();
        return read == 0 ? (ended ? Content.Chunk.EOF : Content.Chunk.EMPTY) : Content.Chunk.from(buffer, ended);
    }

    @Override
    public void demand(Runnable sender) {
        while (true) {
            Object before = waiting.get();
            if (before == SOMETHING_CAME && waiting.compareAndSet(before, null)) {
                sender.run();
                return;
            }
            if (before == null && waiting.compareAndSet(null, sender)) {
                return;
            }
            if (before instanceof Runnable) {
                throw new IllegalStateException("a demand is outstanding");
            }
        }
    }

    private void wake() {
        Object before = waiting.getAndUpdate(now -> now instanceof Runnable ? null : SOMETHING_CAME);
        if (before instanceof Runnable sender) {
            sender.run();
        }
    }

    @Override
    public void fail(Throwable cause) {
        failure = cause;
    }

    @Override
    public void onDataAvailable() {
        open = true;
        wake();
    }

    @Override
    public void onAllDataRead() {
        open = true;
        ended = true;
        wake();
    }

    @Override
    public void onError(Throwable cause) {
        if (failure == null) {
            failure = new ClientGoneException(cause);
        }
        open = true;
        wake();
    }
}
