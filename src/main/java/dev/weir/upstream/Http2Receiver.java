package dev.weir.upstream;

import java.io.IOException;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.transport.internal.HttpReceiverOverHTTP2;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Receives a response over HTTP/2, and tells its request what decides whether it may be sent again: that something was
 * heard, or that the upstream says to have done nothing with it (RFC 9113 §8.7).
 *
 * <p>Threads: one at a time, Jetty sees to that.
 */
final class Http2Receiver extends HttpReceiverOverHTTP2 {
    Http2Receiver(Http2UpstreamStream channel) {
        super(channel);
    }

    /** Null where the exchange has ended. */
    private UpstreamRequest request() {
        HttpExchange exchange = getHttpExchange();
        return exchange == null ? null : (UpstreamRequest) exchange.getRequest();
    }

    @Override
    public Runnable onHeaders(Stream stream, HeadersFrame frame, Callback callback) {
        UpstreamRequest request = request();
        if (request != null) {
            request.heard();
        }
        return super.onHeaders(stream, frame, callback);
    }

    @Override
    public Runnable onReset(ResetFrame frame, Callback callback) {
        UpstreamRequest request = request();
        if (request == null || getHttpChannel().isLastDataReceived()) {
            return super.onReset(frame, callback);
        }
        IOException reset = new StreamResetException(ErrorCode.toString(frame.getError(), "code " + frame.getError()));
        boolean refused = frame.getError() == ErrorCode.REFUSED_STREAM_ERROR.code;
        return super.onFailure(refused ? request.unprocessed(reset) : reset, callback);
    }

    @Override
    public Runnable onFailure(Throwable failure, Callback callback) {
        UpstreamRequest request = request();
        boolean unprocessed = request != null && failure instanceof RetryableRequestException;
        return super.onFailure(unprocessed ? request.unprocessed(failure) : failure, callback);
    }
}
