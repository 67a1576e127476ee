package dev.weir.tunnel;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * The socket below an end point of Jetty's, for what end points do not tell, or do in another way.
 *
 * <p>Threads: as its end point.
 */
record TcpSocket(SocketChannel channel) {
    /** Of what an end point calls its transport; null where that is no TCP. */
    static TcpSocket of(Object transport) {
        return transport instanceof SocketChannel channel ? new TcpSocket(channel) : null;
    }

    /** Behind an end: Jetty takes a reset for one, and the channel remembers which it was. */
    void failWhereReset() throws IOException {
        try {
            channel.read(ByteBuffer.allocate(1));
        } catch (ClosedChannelException closedMeanwhile) {
            // By us: the peer's end stands.
        }
    }

    /** Sends FIN. An end point that did would take its peer's end for the close of the whole. */
    void finish() throws IOException {
        channel.shutdownOutput();
    }

    /** Makes the close to come a reset. */
    void resetOnClose() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closedMeanwhile) {
            // Then there is nothing to reset.
        }
    }
}
