package dev.weir.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;

/**
 * One of the two connections of a {@link Tunnel}. Never blocks.
 *
 * <p>Threads: reading by one at a time, writing by another one; {@link #abort} by any.
 */
public interface TunnelEnd {
    /**
     * Reads what is there.
     *
     * @param into empty; afterwards the bytes are between its position and its limit
     * @return how many they are: 0 where none is there now, -1 where none will come any more
     * @throws IOException where the connection failed, which is never an end
     */
    int read(ByteBuffer into) throws IOException;

    /** Calls back once when there is something to read; after {@link #read} said 0. */
    void whenReadable(Callback callback);

    /** Writes all of the bytes; they stay untouched by others until the callback. One call at a time. */
    void write(ByteBuffer from, Callback callback);

    /** Tells the peer that no more bytes will come, after those that were written; the other direction goes on. */
    void finish(Callback callback);

    /** Lets the connection go, after both directions have ended. */
    void end();

    /** Cuts the connection, as far as possible so that the peer cannot take it for an end; again does nothing. */
    void abort();

    /** Whether its buffers have to have an array. */
    default boolean needsArrays() {
        return false;
    }
}
