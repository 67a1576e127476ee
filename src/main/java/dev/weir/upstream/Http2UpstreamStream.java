package dev.weir.upstream;

import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpReceiver;
import org.eclipse.jetty.client.transport.HttpSender;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.transport.internal.HttpChannelOverHTTP2;

/**
 * One exchange's part in an HTTP/2 connection, and after it another one's: Jetty's, with a sender and a receiver of ours.
 *
 * <p>Threads: any.
 */
final class Http2UpstreamStream extends HttpChannelOverHTTP2 {
    private final Http2Sender sending = new Http2Sender(this);
    private final Http2Receiver receiving = new Http2Receiver(this);

    Http2UpstreamStream(Http2UpstreamConnection connection) {
        super(connection, connection.getSession());
    }

    @Override
    protected HttpSender getHttpSender() {
        return sending;
    }

    @Override
    protected HttpReceiver getHttpReceiver() {
        return receiving;
    }

    @Override
    public void setStream(Stream stream) {
        super.setStream(stream);
        if (stream != null) {
            ((HTTP2Stream) stream).setAttachment(receiving);
        }
    }

    @Override
    public boolean isFailed() {
        return sending.isFailed() || receiving.isFailed();
    }

    @Override
    public void send(HttpExchange exchange) {
        sending.send(exchange);
    }
}
