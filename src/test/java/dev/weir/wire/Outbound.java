package dev.weir.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The bytes that go out, counted, each wait for the peer to take more of them bounded. */
final class Outbound {
    private static final int SLICE = 16 * 1024;
    /** Beyond this a peer is taken to be one that never stalls. */
    private static final long ENDLESS = 1L << 30;

    /** How often a socket is tried, that is not called writable, before it is taken to be stalled. */
    private static final int TRIES = 20;

    private static final ScheduledThreadPoolExecutor WATCH = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "wire-watch");
        thread.setDaemon(true);
        return thread;
    });

    static {
        WATCH.setRemoveOnCancelPolicy(true);
    }

    private final SocketChannel transport;
    private final Socket socket;
    private volatile long sent;

    /** {@code socket} is the transport's own, or the TLS one above it. */
    Outbound(SocketChannel transport, Socket socket) {
        this.transport = transport;
        this.socket = socket;
    }

    long sent() {
        return sent;
    }

    void send(byte[] bytes, Duration patience) {
        for (int start = 0; start < bytes.length; start += SLICE) {
            int length = Math.min(SLICE, bytes.length - start);
            // A blocking write has no time limit of its own; closing the transport ends it.
            AtomicBoolean late = new AtomicBoolean();
            ScheduledFuture<?> limit = WATCH.schedule(() -> close(late), patience.toMillis(), TimeUnit.MILLISECONDS);
            try {
                socket.getOutputStream().write(bytes, start, length);
                sent += length;
            } catch (IOException e) {
                if (late.get()) {
                    throw new AssertionError("the peer took nothing for " + patience + " after " + sent + " bytes", e);
                }
                throw new UncheckedIOException("after " + sent + " bytes sent", e);
            } finally {
                limit.cancel(false);
            }
        }
    }

    private void close(AtomicBoolean late) {
        late.set(true); // before the writer can see the close
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long sendUntilStalled(byte[] chunk, Duration quiet) {
        if (socket != transport.socket()) {
            throw new UnsupportedOperationException("stalls are measured on plain connections only");
        }
        try (Selector selector = Selector.open()) {
            transport.configureBlocking(false);
            SelectionKey key = transport.register(selector, SelectionKey.OP_WRITE);
            try {
                return writeWhileWritable(chunk, selector, quiet);
            } finally {
                key.cancel();
                selector.selectNow();
                transport.configureBlocking(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after " + sent + " bytes sent", e);
        }
    }

    private long writeWhileWritable(byte[] chunk, Selector selector, Duration quiet) throws IOException {
        long before = sent;
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        long lastTaken = System.nanoTime();
        boolean stalled = false;
        while (!stalled) {
            // Linux calls a socket writable only above a third of its buffer, so what is left is tried for too.
            selector.select(Math.max(1, quiet.toMillis() / TRIES));
            selector.selectedKeys().clear();
            long now = System.nanoTime();
            int taken = transport.write(bytes);
            if (taken > 0) {
                lastTaken = System.nanoTime();
            } else {
                stalled = now - lastTaken >= quiet.toNanos();
            }
            sent += taken;
            if (!bytes.hasRemaining()) {
                bytes.rewind();
            }
            if (sent - before > ENDLESS) {
                throw new AssertionError("the peer took " + (sent - before) + " bytes and never stalled");
            }
        }
        return sent - before;
    }
}
