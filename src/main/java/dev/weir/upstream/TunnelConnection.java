package dev.weir.upstream;

import dev.weir.tunnel.SocketEnd;
import dev.weir.tunnel.TunnelEnd;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;

/**
 * How a pooled connection becomes the end of a tunnel: its upstream has switched protocols, or its client wanted nothing but
 * the connection.
 *
 * <p>Threads: the one that sends, or the one that reads the upstream's answer.
 */
final class TunnelConnection {
    private TunnelConnection() {}

    /** Puts a tunnel's end in the place of a connection that was upgraded, which it serves until it is closed. */
    static void upgrade(BoundedDestination destination, Pooled upgraded, Consumer<TunnelEnd> opened) {
        EndPoint endPoint = Pooled.endPoint(upgraded.connection);
        UpstreamEndPoint socket = upgraded.endPoint();
        SocketEnd end = new SocketEnd(endPoint, destination.getHttpClient().getExecutor(), opened) {
            @Override
            public void end() {
                socket.peerWillFinish();
                super.end();
            }

            @Override
            public void onClose(Throwable cause) {
                super.onClose(cause);
                destination.endServing(upgraded);
            }
        };
        socket.afterSelection(() -> endPoint.upgrade(end));
    }

    /**
     * Ends the exchange as if the upstream had been asked to switch protocols and had: from here on the two are the same.
     *
     * <p>Race: who aborts the exchange meanwhile fails its request, and tells; so the response is completed first.
     */
    static void handOver(BoundedDestination destination, Pooled pooled, HttpExchange exchange) {
        exchange.getResponse().version(HttpVersion.HTTP_1_1).status(HttpStatus.SWITCHING_PROTOCOLS_101);
        if (!exchange.responseComplete(null) || !exchange.requestComplete(null)) {
            pooled.connection.close();
            return;
        }
        exchange.terminateRequest();
        Result result = exchange.terminateResponse();
        destination.remove(pooled.connection);
        exchange.getConversation().getResponseListeners().notifyComplete(result);
    }
}
