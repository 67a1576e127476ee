package dev.weir.proxy;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Moves bytes between buffers and servlet streams: directly where the container has Servlet 6.1's methods, through a
 * pooled array on 6.0. Chosen once.
 *
 * <p>Threads: any; a stream by one thread at a time, and only after its {@code isReady()} said true.
 */
abstract class ServletBuffers {
    /** What this container can do. */
    static ServletBuffers probe(ByteBufferPool pool) {
        try {
            ServletOutputStream.class.getMethod("write", ByteBuffer.class);
            return new Direct();
        } catch (NoSuchMethodException servlet60) {
            return new ThroughArrays(pool);
        }
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

        ThroughArrays(ByteBufferPool pool) {
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
