package dev.weir.tunnel;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * A tunnel's end over the Servlet API's streams of an upgraded connection, as Tomcat has them.
 *
 * <p>Threads: Tomcat tells of bytes to read whether or not anybody waits for them, and looks for them itself while it does.
 * So only the thread that it tells reads; whoever wants to read on another one has Tomcat tell again. Where nobody wants
 * to, since the upstream does not take what was read, the telling thread waits up to {@value #PAUSE_MILLIS} ms before it
 * returns, or Tomcat would tell without a pause; meanwhile it holds the connection's lock. At most {@value #MOST_PAUSING}
 * threads wait so, of all tunnels.
 *
 * <p>Writing is by any thread, one at a time, after {@code isReady()}. What one write leaves is Tomcat's to keep, a copy of
 * no more than one buffer, until it is ready again.
 */
public final class WebConnectionEnd implements HttpUpgradeHandler, TunnelEnd, ReadListener, WriteListener {
    private static final long PAUSE_MILLIS = 10;
    private static final int MOST_PAUSING = 32;
    private static final Semaphore MAY_PAUSE = new Semaphore(MOST_PAUSING);

    private final Demand readable = new Demand();
    private final Demand writable = new Demand();
    private final Object pausing = new Object();
    private Consumer<TunnelEnd> opened = end -> {};
    private ServletInputStream in;
    private ServletOutputStream out;
    private WebConnection connection;
    /** Null where it is not reached. */
    private TomcatSocket socket;

    private volatile Thread telling;
    private volatile boolean ended;
    private volatile boolean over;
    private volatile IOException failure;

    /** Says whom to tell when the connection is ours; before the container's {@link #init}. */
    public void whenOpen(Consumer<TunnelEnd> listener) {
        opened = listener;
    }

    @Override
    public void init(WebConnection upgraded) {
        connection = upgraded;
        try {
            in = upgraded.getInputStream();
            out = upgraded.getOutputStream();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        socket = TomcatSocket.below(out);
        in.setReadListener(this);
        out.setWriteListener(this);
        opened.accept(this);
    }

    @Override
    public boolean needsArrays() {
        return true;
    }

    // From the client.

    @Override
    public int read(ByteBuffer into) throws IOException {
        boolean mayLook = socket == null || Thread.currentThread() == telling;
        if (mayLook && !ended && failure == null && in.isReady()) {
            int read = in.read(into.array(), into.arrayOffset(), into.capacity());
            if (read > 0) {
                BufferUtil.clearToFill(into);
                into.position(read);
                BufferUtil.flipToFlush(into, 0);
                return read;
            }
            ended |= read < 0;
        }
        if (failure != null) {
            throw failure;
        }
        if (over && !ended) {
            throw new EOFException("the tunnel has ended");
        }
        return ended ? -1 : 0;
    }

    @Override
    public void whenReadable(Callback callback) {
        readable.await(callback::succeeded);
        synchronized (pausing) {
            pausing.notifyAll();
        }
        if (socket != null && Thread.currentThread() != telling && readable.isOutstanding()) {
            socket.wake();
        }
    }

    @Override
    public void onDataAvailable() {
        tell();
    }

    @Override
    public void onAllDataRead() {
        if (!ended) {
            ended = true;
            tell();
        }
    }

    /** Tomcat calls the client's half-close a failure, too. */
    @Override
    public void onError(Throwable cause) {
        if (cause instanceof EOFException) {
            ended = true;
        } else if (failure == null) {
            failure = cause instanceof IOException io ? io : new IOException(cause);
        }
        tell();
        writable.wake();
    }

    private void tell() {
        Thread before = telling;
        telling = Thread.currentThread();
        try {
            if (!readable.isOutstanding() && MAY_PAUSE.tryAcquire()) {
                try {
                    pause();
                } finally {
                    MAY_PAUSE.release();
                }
            }
            readable.wake();
        } finally {
            telling = before;
        }
    }

    private void pause() {
        synchronized (pausing) {
            if (!readable.isOutstanding() && !over) {
                try {
                    pausing.wait(PAUSE_MILLIS);
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    // To the client.

    @Override
    public void write(ByteBuffer from, Callback callback) {
        whenReady(callback, () -> {
            int length = from.remaining();
            out.write(from.array(), from.arrayOffset() + from.position(), length);
            from.position(from.limit());
            if (out.isReady()) {
                out.flush();
            }
        });
    }

    @Override
    public void finish(Callback callback) {
        whenReady(callback, () -> {
            if (socket == null || !socket.finish()) {
                end();
            }
        });
    }

    private interface Output {
        void make() throws IOException;
    }

    private void whenReady(Callback callback, Output output) {
        IOException failed = failure;
        if (failed != null || over) {
            callback.failed(failed != null ? failed : new EOFException("the tunnel has ended"));
        } else if (!out.isReady()) {
            writable.await(() -> whenReady(callback, output));
        } else {
            try {
                output.make();
            } catch (IOException | IllegalStateException gone) {
                callback.failed(gone);
                return;
            }
            callback.succeeded();
        }
    }

    @Override
    public void onWritePossible() {
        writable.wake();
    }

    // The end.

    @Override
    public void end() {
        over = true;
        try {
            connection.close();
        } catch (Exception goneAlready) {
            // Which is what was wanted.
        }
        if (socket != null) {
            socket.close();
        }
        readable.wake();
        writable.wake();
    }

    @Override
    public void abort() {
        if (socket != null) {
            socket.resetOnClose();
        }
        end();
    }

    /** Tomcat has closed the connection, by itself or since we told it to. */
    @Override
    public void destroy() {
        if (failure == null) {
            failure = new EOFException("the container has closed the connection");
        }
        over = true;
        readable.wake();
        writable.wake();
    }
}
