package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One end of a connection. Nothing is sent, read ahead of need, or closed but by a call.
 *
 * <p>Threads: one may read while another sends.
 *
 * @param <S> the end itself, so that calls can be chained
 */
public abstract sealed class Wire<S extends Wire<S>> implements AutoCloseable permits Client, OriginConnection {
    private final SocketChannel transport;
    private final Socket socket;
    private final Outbound out;
    final Inbound in;
    private volatile Duration patience = Duration.ofSeconds(10);

    Wire(SocketChannel transport, Socket socket) {
        this.transport = transport;
        this.socket = socket;
        this.in = new Inbound(socket);
        this.out = new Outbound(transport, socket);
    }

    abstract S self();

    Framing framing() {
        return new Framing(in, patience);
    }

    /** Bounds each single wait for the peer from now on; 10 s at first. */
    public S patience(Duration bound) {
        patience = bound;
        return self();
    }

    /** Sends text, a byte for each character (ISO-8859-1). */
    public S send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    /** Sends bytes; returns when the kernel has taken them all. */
    public S send(byte[] bytes) {
        out.send(bytes, patience);
        return self();
    }

    /**
     * Sends the chunk again and again until the socket has taken nothing for {@code quiet}, and returns how many bytes
     * the kernel took, which may end within a chunk. Fails when the peer has taken 1 GiB. Plain connections only.
     */
    public long sendUntilStalled(byte[] chunk, Duration quiet) {
        return out.sendUntilStalled(chunk, quiet);
    }

    /** Exactly so many bytes, whatever they are. */
    public byte[] readBody(int count) {
        byte[] bytes = framing().atMost(count);
        if (bytes.length < count) {
            throw new AssertionError(
                    "expected " + count + " bytes, the connection ended after " + bytes.length + ", " + in.seen());
        }
        return bytes;
    }

    /** What is there: waits for the first byte, returns at most {@code most}; none once the peer has closed. */
    public byte[] readSome(int most) {
        return in.some(most, patience, "any byte");
    }

    /** Bytes the kernel took from us so far. */
    public long sentBytes() {
        return out.sent();
    }

    /** Bytes we took from the kernel so far. */
    public long receivedBytes() {
        return in.received();
    }

    /** Bytes that calls have read so far; what was received beyond them is still to be read. */
    public long readBytes() {
        return in.received() - in.unread();
    }

    /** Whether the peer has closed or reset by now; does not wait, and does not look behind bytes that nobody read. */
    public boolean closed() {
        return in.endedByNow();
    }

    /** Waits for the peer to close or reset, dropping what it still sends; false if it sends nothing and stays. */
    public boolean awaitClosed() {
        try {
            byte[] dropped;
            do {
                dropped = readSome(Integer.MAX_VALUE);
            } while (dropped.length > 0);
            return true;
        } catch (AssertionError stillOpen) {
            return false;
        }
    }

    /** Whether the peer's end, where it was seen, was an RST (or a broken TLS stream) rather than an orderly FIN. */
    public boolean wasReset() {
        return in.wasReset();
    }

    /** Half-closes: sends FIN, and goes on reading. */
    public S finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return self();
    }

    /**
     * Closes with an orderly FIN. What has come unread is read first: the kernel would answer it with RST. Closed
     * before, or by another thread meanwhile, it stays as it is.
     */
    @Override
    public void close() {
        try {
            InputStream unread = transport.socket().getInputStream();
            unread.skipNBytes(unread.available());
        } catch (IOException e) {
            if (!closedHere()) {
                throw new UncheckedIOException(e);
            }
        }
        closeUnread();
    }

    /** Closes without a look at what has come: with a FIN where that is nothing. */
    void closeUnread() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes with an RST. Closed before, or by another thread meanwhile, it stays as it is. */
    public void reset() {
        try {
            transport.setOption(StandardSocketOptions.SO_LINGER, 0);
            transport.close();
        } catch (ClosedChannelException closedBefore) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this end was closed by us. */
    boolean closedHere() {
        return !transport.isOpen();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + socket.getLocalPort() + " to " + socket.getPort() + ", sent "
                + sentBytes() + " bytes, " + in.seen() + "]";
    }
}
