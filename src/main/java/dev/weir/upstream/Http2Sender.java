package dev.weir.upstream;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.transport.internal.HttpSenderOverHTTP2;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * Sends a request over HTTP/2 with its target exactly as given and {@code Host} as {@code :authority}, where Jetty's own
 * would name the upstream.
 *
 * <p>Threads: one at a time.
 */
final class Http2Sender extends HttpSenderOverHTTP2 {
    /** What HTTP/2 has no use for (RFC 9113 §8.2.2: MUST NOT), and {@code Host}, which goes another way. */
    private static final Set<HttpHeader> LEFT_BEHIND = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.HOST,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE);

    private final Http2UpstreamStream channel;

    Http2Sender(Http2UpstreamStream channel) {
        super(channel);
        this.channel = channel;
    }

    @Override
    protected void sendHeaders(HttpExchange exchange, ByteBuffer content, boolean last, Callback callback) {
        UpstreamRequest request = (UpstreamRequest) exchange.getRequest();
        HttpFields trailers = last && request.getTrailersSupplier() != null
                ? request.getTrailersSupplier().get()
                : null;
        boolean endsWithoutTrailers = last && trailers == null;
        boolean hasContent = content.hasRemaining();
        HeadersFrame head = new HeadersFrame(head(request), null, endsWithoutTrailers && !hasContent);
        DataFrame data = hasContent ? new DataFrame(content, endsWithoutTrailers) : null;
        HeadersFrame end =
                trailers == null ? null : new HeadersFrame(new MetaData(HttpVersion.HTTP_2, trailers), null, true);
        ((HTTP2Session) channel.getSession())
                .newStream(
                        new HTTP2Stream.FrameList(head, data, end),
                        new Begun(request, callback),
                        channel.getStreamListener());
    }

    private static MetaData.Request head(UpstreamRequest request) {
        HttpFields given = request.getHeaders();
        HttpFields.Mutable fields = HttpFields.build();
        for (HttpField field : given) {
            if (!LEFT_BEHIND.contains(field.getHeader())) {
                fields.add(field);
            }
        }
        HttpURI target = new HttpURI.Unsafe(
                request.getScheme(), given.get(HttpHeader.HOST), -1, request.getPath(), request.getQuery(), null);
        return new MetaData.Request(request.getMethod(), target, HttpVersion.HTTP_2, fields);
    }

    /** What has become of the stream and of its first frames. */
    private final class Begun implements Promise<Stream> {
        private final UpstreamRequest request;
        private final Callback callback;

        Begun(UpstreamRequest request, Callback callback) {
            this.request = request;
            this.callback = callback;
        }

        @Override
        public void succeeded(Stream stream) {
            callback.succeeded();
        }

        @Override
        public void failed(Throwable cause) {
            callback.failed(channel.getStream() == null ? request.unprocessed(cause) : cause);
        }
    }
}
