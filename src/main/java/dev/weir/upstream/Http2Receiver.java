package dev.weir.upstream;

import java.io.IOException;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.transport.internal.HttpReceiverOverHTTP2;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * Receives a response over HTTP/2, and tells its request what decides whether it may be sent again: that something was
 * heard, or that the upstream says to have done nothing with it (RFC 9113 §8.7).
 *
 * <p>A body that ends before its {@code Content-Length} is no whole one (RFC 9113 §8.1.1), and a head of more than
 * {@code maxResponseHeadersSize} ends its exchange alone.
 *
 * <p>Threads: one at a time, Jetty sees to that.
 */
final class Http2Receiver extends HttpReceiverOverHTTP2 {
    /** What a field has beside its name and its value in HTTP/1.1: the bound is the same. */
    private static final int FIELD_OVERHEAD_BYTES = 4;

    private final int maxHeadBytes;
    /** Bytes of the body that are still to come; below 0 where its length is not known. */
    private long missing = -1;

    private Throwable cutShort;

    Http2Receiver(Http2UpstreamStream channel) {
        super(channel);
        maxHeadBytes = channel.getHttpDestination().getHttpClient().getMaxResponseHeadersSize();
    }

    /** Null where the exchange has ended. */
    private UpstreamRequest request() {
        HttpExchange exchange = getHttpExchange();
        return exchange == null ? null : (UpstreamRequest) exchange.getRequest();
    }

    /** Whether it is this stream that it receives, and not a later one. */
    boolean serves(Stream stream) {
        return getHttpChannel().getStream() == stream;
    }

    @Override
    public Runnable onHeaders(Stream stream, HeadersFrame frame, Callback callback) {
        UpstreamRequest request = request();
        if (request != null) {
            request.heard();
            if (headBytes(frame.getMetaData().getHttpFields()) > maxHeadBytes) {
                return super.onFailure(new HttpException.RuntimeException(0, "Response head too large"), callback);
            }
            if (frame.getMetaData() instanceof MetaData.Response head
                    && !HttpStatus.isInformational(head.getStatus())) {
                cutShort = null;
                missing = bodyBytes(request, head);
            }
        }
        return super.onHeaders(stream, frame, callback);
    }

    private static long headBytes(HttpFields fields) {
        long bytes = 0;
        for (HttpField field : fields) {
            bytes += field.getName().length() + FIELD_OVERHEAD_BYTES;
            bytes += field.getValue() == null ? 0 : field.getValue().length();
        }
        return bytes;
    }

    private static long bodyBytes(UpstreamRequest request, MetaData.Response head) {
        boolean bodiless = HttpMethod.HEAD.is(request.getMethod())
                || head.getStatus() == HttpStatus.NO_CONTENT_204
                || head.getStatus() == HttpStatus.NOT_MODIFIED_304;
        return bodiless ? -1 : head.getHttpFields().getLongField(HttpHeader.CONTENT_LENGTH);
    }

    @Override
    public Content.Chunk read(boolean fillInterestIfNeeded) {
        Content.Chunk chunk = super.read(fillInterestIfNeeded);
        if (cutShort != null) {
            return Content.Chunk.from(cutShort);
        }
        if (chunk != null) {
            missing -= chunk.remaining();
        }
        return chunk;
    }

    @Override
    protected void responseSuccess(Runnable afterSuccess) {
        if (missing > 0) {
            cutShort = new IOException("the body ended " + missing + " bytes before its length");
            responseFailure(cutShort, Promise.noop());
        } else {
            super.responseSuccess(afterSuccess);
        }
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
