package dev.weir.upstream;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An upstream socket that counts itself and leaves no TIME_WAIT on our side (RFC 9293 §3.3.2): who sends the first FIN
 * keeps the port for a minute.
 *
 * <p>Where the upstream has finished, it is closed. Where the upstream is about to, because the exchange ended well and
 * one of the two said {@code Connection: close}, it waits for that up to {@value #LINGER_MILLIS} ms. In every other case
 * there is nobody who waits for more, and it is reset.
 *
 * <p>Threads: as every end point; what is its own by the selector's thread or the one that closes.
 */
final class UpstreamEndPoint extends ShortReadEndPoint {
    private static final long LINGER_MILLIS = 1000;
    /** What is read and thrown away while the upstream's FIN is awaited, before it counts as never coming. */
    private static final int MOST_LEFT_OVER_BYTES = 64 * 1024;

    private final ManagedSelector selector;
    private final SelectionKey key;
    private final Scheduler scheduler;
    private final Set<UpstreamEndPoint> lingering;
    private final CompletableFuture<Void> handshake = new CompletableFuture<>();
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile boolean peerFinished;
    private volatile boolean peerWillFinish;
    private volatile boolean lingers;
    private volatile Scheduler.Task lingerEnd;
    private volatile SocketPermit permit;
    private volatile long writtenBytes;
    private int leftOverBytes;

    /** @param lingering holds it while it waits for the upstream's FIN, so that a stop finds it */
    UpstreamEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            Set<UpstreamEndPoint> lingering) {
        super(channel, selector, key, scheduler);
        this.lingering = lingering;
        this.selector = selector;
        this.key = key;
        this.scheduler = scheduler;
    }

    /** The socket of a connection's end point, which over TLS is the one below it. */
    static UpstreamEndPoint of(EndPoint endPoint) {
        return endPoint instanceof SslConnection.SslEndPoint secured
                ? (UpstreamEndPoint) secured.getSslConnection().getEndPoint()
                : (UpstreamEndPoint) endPoint;
    }

    /** Calls back, with null or with what failed, when TLS is agreed on; at once where that was before. */
    void whenSecured(Consumer<Throwable> callback) {
        handshake.whenComplete((nothing, failure) -> callback.accept(failure));
    }

    /** The TLS handshake has ended; null where it succeeded. */
    void handshakeEnded(Throwable failure) {
        if (failure == null) {
            handshake.complete(null);
        } else {
            handshake.completeExceptionally(failure);
        }
    }

    /** Runs when nobody is in the middle of reading from it: what is read is read by the selector's thread. */
    void afterSelection(Runnable step) {
        selector.submit(ignored -> step.run());
    }

    /** Takes over a permit, and gives it back when the socket is gone; at once where it is. */
    void hold(SocketPermit taken) {
        taken.attach(getChannel(), selector);
        permit = taken;
        if (gone.get()) {
            giveBack();
        }
    }

    /** One writer at a time, as every end point. */
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = remaining(buffers);
        boolean all = super.flush(buffers);
        writtenBytes += before - remaining(buffers);
        return all;
    }

    private static long remaining(ByteBuffer... buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        return bytes;
    }

    /** Bytes that the kernel has taken, those of TLS included. */
    long writtenBytes() {
        return writtenBytes;
    }

    /**
     * Whether the upstream has closed the socket, or said something unasked: asks the kernel. Only while nothing is
     * expected on it; where it is true, a byte of what came may be lost, and the socket must be closed.
     */
    boolean isDeserted() {
        try {
            return getChannel().read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** The upstream is expected to close: when this end is closed, it waits for that. */
    void peerWillFinish() {
        peerWillFinish = true;
    }

    @Override
    protected void doShutdownInput() {
        peerFinished = true;
    }

    /** Nothing: Jetty calls it just before it closes, and the FIN would be the first. */
    @Override
    protected void doShutdownOutput() {}

    @Override
    public void doClose() {
        if (!handshake.isDone()) {
            // Jetty tells of a handshake that failed, and not always of one that was cut short.
            handshakeEnded(new SSLHandshakeException("closed before TLS was agreed on"));
        }
        if (peerFinished) {
            closeSocket();
        } else if (peerWillFinish) {
            linger();
        } else {
            resetSocket();
        }
    }

    private void linger() {
        lingers = true;
        lingering.add(this);
        lingerEnd = scheduler.schedule(this::resetSocket, LINGER_MILLIS, TimeUnit.MILLISECONDS);
        selector.submit(ignored -> awaitFin());
    }

    /** On the selector's thread: from here on the selection is ours. */
    private void awaitFin() {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    @Override
    public void updateKey() {
        if (!lingers) {
            super.updateKey();
        }
    }

    @Override
    public Runnable onSelected() {
        if (!lingers) {
            return super.onSelected();
        }
        key.interestOps(0);
        return Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::readLeftOver);
    }

    private void readLeftOver() {
        ByteBuffer scratch = ByteBuffer.allocate(1024);
        try {
            for (int read = getChannel().read(scratch);
                    read != 0;
                    read = getChannel().read(scratch.clear())) {
                leftOverBytes += read;
                if (read < 0) {
                    closeSocket();
                    return;
                }
                if (leftOverBytes > MOST_LEFT_OVER_BYTES) {
                    resetSocket();
                    return;
                }
            }
            selector.submit(ignored -> awaitFin());
        } catch (IOException reset) {
            closeSocket();
        }
    }

    private void resetSocket() {
        try {
            getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | UnsupportedOperationException closedMeanwhile) {
            // Then there is nothing to reset.
        }
        closeSocket();
    }

    private void closeSocket() {
        if (!gone.compareAndSet(false, true)) {
            return;
        }
        Scheduler.Task end = lingerEnd;
        if (end != null) {
            end.cancel();
        }
        super.doClose();
        lingering.remove(this);
        giveBack();
    }

    /** The descriptor goes with the selector's next selection, when it forgets cancelled keys; so after that one. */
    private void giveBack() {
        SocketPermit held = permit;
        if (held != null) {
            selector.submit(before -> selector.submit(after -> held.socketGone()));
        }
    }

    /** Waits no longer for the upstream's FIN: the client stops. */
    void endLinger() {
        resetSocket();
    }
}
