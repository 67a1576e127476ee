package dev.weir.upstream;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.transport.HttpChannel;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.client.transport.internal.HttpChannelOverHTTP2;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;
import org.eclipse.jetty.io.EndPoint;

/**
 * An HTTP/2 connection to an upstream, which serves many exchanges at once. There is one as soon as its socket is
 * connected; it is for use when the upstream has sent its settings.
 *
 * <p>Threads: any.
 */
final class Http2UpstreamConnection extends HttpConnectionOverHTTP2 {
    /** What the farewell may take on its way out. */
    private static final long CLOSE_MILLIS = 1000;

    private final HTTP2Connection connection;
    private final CompletableFuture<Void> settings = new CompletableFuture<>();
    private volatile boolean lost;

    Http2UpstreamConnection(HttpDestination destination, HTTP2Connection connection) {
        super(destination, connection.getSession(), connection);
        this.connection = connection;
    }

    EndPoint endPoint() {
        return connection.getEndPoint();
    }

    long receivedBytes() {
        return connection.getBytesIn();
    }

    /** Calls back, with null or with what came instead, when the upstream's settings are known. */
    void whenSettled(Consumer<Throwable> callback) {
        settings.whenComplete((nothing, failure) -> callback.accept(failure));
    }

    /** Exchanges at once, as the upstream and we allow. */
    int room() {
        int allowed = getMaxMultiplex();
        return allowed < 0 ? Http2Connections.MOST_STREAMS : Math.min(allowed, Http2Connections.MOST_STREAMS);
    }

    /** Whether it went without our doing. */
    boolean isLost() {
        return lost;
    }

    private BoundedDestination destination() {
        return (BoundedDestination) getHttpDestination();
    }

    /** The upstream's settings have come, for the first time or again. */
    void settled() {
        if (!settings.complete(null)) {
            destination().roomChanged(this, room());
        }
    }

    /** The upstream takes no further exchange on it, and finishes those that it has (RFC 9113 §6.8). */
    void leaves() {
        if (!settings.completeExceptionally(new NotHttp2Exception("it said GOAWAY before its settings"))) {
            destination().retire(this);
        }
    }

    /** It is gone, and with it what it served. */
    void lost(Throwable cause) {
        lost = true;
        getHttpDestination().remove(this); // what it served may be sent again at once, and not on this one
        settings.completeExceptionally(new NotHttp2Exception(cause));
        for (Iterator<HttpChannel> served = getHttpChannels(); served.hasNext(); ) {
            HttpExchange exchange = served.next().getHttpExchange();
            if (exchange != null) {
                exchange.getRequest().abort(cause);
            }
        }
        close();
    }

    @Override
    protected HttpChannelOverHTTP2 newHttpChannel() {
        return new Http2UpstreamStream(this);
    }

    /** Says GOAWAY and closes the socket, whether or not the upstream says anything to that. */
    @Override
    public void close() {
        if (!isClosed()) {
            getHttpDestination().remove(this);
            getHttpClient().getScheduler().schedule(endPoint()::close, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            super.close();
        }
    }

    /** Jetty's last step, when GOAWAY is out: it would wait for the upstream's. */
    @Override
    public void destroy() {
        super.destroy();
        endPoint().close();
    }
}
