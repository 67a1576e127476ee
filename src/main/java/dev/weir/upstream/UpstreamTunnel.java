package dev.weir.upstream;

import dev.weir.tunnel.SocketEnd;
import dev.weir.tunnel.TunnelEnd;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;

/** The end of a tunnel in the place of an upstream connection that was upgraded, which it serves until it is closed. */
final class UpstreamTunnel extends SocketEnd {
    private final UpstreamEndPoint socket;
    private final Runnable closed;

    private UpstreamTunnel(
            EndPoint endPoint,
            UpstreamEndPoint socket,
            Executor executor,
            Consumer<TunnelEnd> opened,
            Runnable closed) {
        super(endPoint, executor, opened);
        this.socket = socket;
        this.closed = closed;
    }

    /**
     * Puts one there, soon.
     *
     * @param opened told on the selector's thread
     * @param closed told when the socket is
     */
    static void replace(Pooled upgraded, Executor executor, Consumer<TunnelEnd> opened, Runnable closed) {
        EndPoint endPoint = Pooled.endPoint(upgraded.connection);
        UpstreamEndPoint socket = upgraded.endPoint();
        UpstreamTunnel tunnel = new UpstreamTunnel(endPoint, socket, executor, opened, closed);
        socket.afterSelection(() -> endPoint.upgrade(tunnel));
    }

    @Override
    public void end() {
        socket.peerWillFinish();
        super.end();
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        closed.run();
    }
}
