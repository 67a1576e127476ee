package dev.weir.tunnel;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The bytes that arrived behind the head which a tunnel's end took over from: they are read before any other.
 *
 * <p>Threads: the one that upgrades, then the tunnel's, one at a time.
 */
final class EarlyBytes {
    private ByteBuffer bytes;

    /** Null where there are none. */
    void are(ByteBuffer arrived) {
        bytes = arrived;
    }

    /** Moves what fits into a buffer, as {@link TunnelEnd#read} leaves one; 0 where nothing is left. */
    int moveTo(ByteBuffer into) {
        if (!BufferUtil.hasContent(bytes)) {
            bytes = null;
            return 0;
        }
        BufferUtil.clearToFill(into);
        BufferUtil.put(bytes, into);
        BufferUtil.flipToFlush(into, 0);
        return into.remaining();
    }
}
