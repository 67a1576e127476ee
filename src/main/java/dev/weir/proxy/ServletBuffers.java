package dev.weir.proxy;

import dev.weir.exchange.Home;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Moves bytes between buffers and servlet streams: directly where the container has Servlet 6.1's methods, through a
 * pooled array on 6.0. Chosen once. Where the container buffers what is written, a large body is given room for what one
 * read brings, and that is flushed at once.
 *
 * <p>Threads: any; a stream by one thread at a time, and only after its {@code isReady()} said true.
 */
abstract class ServletBuffers {
    /** What containers buffer unless told otherwise. */
    private static final int USUAL_BYTES = 8 * 1024;
    /** Of a large body; a read brings so much by default. */
    private static final int LARGE_BYTES = 64 * 1024;

    private final boolean buffered;

    private ServletBuffers(boolean buffered) {
        this.buffered = buffered;
    }

    /** What this container can do. */
    static ServletBuffers probe(ByteBufferPool pool, Home home) {
        try {
            ServletOutputStream.class.getMethod("write", ByteBuffer.class);
            return new Direct(home.buffersWrites());
        } catch (NoSuchMethodException servlet60) {
            return new ThroughArrays(pool, home.buffersWrites());
        }
    }

    /** Prepares a response, of which nothing is written, for the body of an answer. */
    void makeRoom(HttpServletResponse response, Answer answer) {
        if (buffered && answer.mayExceed(USUAL_BYTES)) {
            response.setBufferSize(LARGE_BYTES);
        }
    }

    /** Whether so many bytes that were written are to be flushed, and not to wait for more. */
    boolean isFlushed(int bytes) {
        return buffered && bytes > USUAL_BYTES;
    }

    /**
     * Reads what is there into an empty buffer.
     *
     * @param into position 0; afterwards position 0 and limit at the end of what was read
     * @return the number of bytes, -1 at the end of the body
     */
    abstract int read(ServletInputStream in, ByteBuffer into) throws IOException;

    /** Writes a buffer's remaining bytes. The buffer stays untouched by others until {@code isReady()} says true. */
    abstract void write(ServletOutputStream out, ByteBuffer from) throws IOException;

    /** Leaves the read bytes between position and limit, wherever the container left the position. */
    private static int readable(ByteBuffer buffer, int length) {
        buffer.position(0).limit(Math.max(0, length));
        return length;
    }

    private static final class Direct extends ServletBuffers {
        Direct(boolean buffered) {
            super(buffered);
        }

        @Override
        int read(ServletInputStream in, ByteBuffer into) throws IOException {
            return readable(into, in.read(into));
        }

        @Override
        void write(ServletOutputStream out, ByteBuffer from) throws IOException {
            out.write(from);
        }
    }

    /** The container copies before {@code write} returns, so that an array may be used again at once. */
    private static final class ThroughArrays extends ServletBuffers {
        private final ByteBufferPool pool;

        ThroughArrays(ByteBufferPool pool, boolean buffered) {
            super(buffered);
            this.pool = pool;
        }

        @Override
        int read(ServletInputStream in, ByteBuffer into) throws IOException {
            RetainableByteBuffer pooled = pool.acquire(into.remaining(), false);
            try {
                byte[] array = pooled.getByteBuffer().array();
                int length = in.read(array, 0, Math.min(array.length, into.remaining()));
                if (length > 0) {
                    into.put(array, 0, length);
                }
                return readable(into, length);
            } finally {
                pooled.release();
            }
        }

        @Override
        void write(ServletOutputStream out, ByteBuffer from) throws IOException {
            int length = from.remaining();
            RetainableByteBuffer pooled = pool.acquire(length, false);
            try {
                byte[] array = pooled.getByteBuffer().array();
                from.get(array, 0, length);
                out.write(array, 0, length);
            } finally {
                pooled.release();
            }
        }
    }
}
