package dev.weir.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * A tunnel's end over an end point of Jetty's: takes the place of the HTTP connection there, with the bytes that arrived
 * behind the head.
 *
 * <p>Over TCP a half-close goes to the socket itself: the end point would take its peer's end for the close of the whole,
 * and whether that was a reset could not be told any more. Over TLS it is the {@code close_notify} (RFC 8446 §6.1).
 */
public class SocketEnd extends AbstractConnection.NonBlocking implements TunnelEnd, Connection.UpgradeTo {
    private final Consumer<TunnelEnd> opened;
    private final EarlyBytes early = new EarlyBytes();

    /** @param opened told when it has taken the place over */
    public SocketEnd(EndPoint endPoint, Executor executor, Consumer<TunnelEnd> opened) {
        super(endPoint, executor);
        this.opened = opened;
    }

    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
        early.are(buffer);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // The tunnel's own timer rules.
        getEndPoint().setIdleTimeout(0);
        opened.accept(this);
    }

    /** Never: whoever waits is called back. */
    @Override
    public void onFillable() {
        throw new IllegalStateException("nobody reads here but the tunnel");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int first = early.moveTo(into);
        if (first > 0) {
            return first;
        }
        int read = getEndPoint().fill(into);
        if (read < 0 && socket() != null) {
            socket().failWhereReset();
        }
        return read;
    }

    private TcpSocket socket() {
        return TcpSocket.of(getEndPoint().getTransport());
    }

    @Override
    public void whenReadable(Callback callback) {
        getEndPoint().fillInterested(callback);
    }

    @Override
    public void write(ByteBuffer from, Callback callback) {
        getEndPoint().write(callback, from);
    }

    @Override
    public void finish(Callback callback) {
        try {
            if (socket() != null && !getEndPoint().isSecure()) {
                socket().finish();
            } else {
                getEndPoint().shutdownOutput();
            }
        } catch (IOException gone) {
            callback.failed(gone);
            return;
        }
        callback.succeeded();
    }

    @Override
    public void end() {
        getEndPoint().close();
    }

    @Override
    public void abort() {
        if (socket() != null) {
            socket().resetOnClose();
        }
        getEndPoint().close();
    }

    /** The server, or the client, stops. */
    @Override
    public void close() {
        abort();
    }
}
