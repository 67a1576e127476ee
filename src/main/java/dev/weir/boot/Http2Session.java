package dev.weir.boot;

import java.io.EOFException;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.FailureFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerSession;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** The streams of one HTTP/2 client, and their common end. */
final class Http2Session extends HTTP2ServerSession {
    Http2Session(
            Scheduler scheduler,
            EndPoint endPoint,
            Http2Parser parser,
            Generator generator,
            ServerSessionListener listener,
            FlowControlStrategy flowControl) {
        super(scheduler, endPoint, parser, generator, listener, flowControl);
    }

    @Override
    public Http2Parser getParser() {
        return (Http2Parser) super.getParser();
    }

    @Override
    protected HTTP2Stream newStream(int streamId, MetaData.Request request, boolean local) {
        return new Http2Stream(this, streamId, request);
    }

    /**
     * The client has closed its side. Behind its GOAWAY Jetty would still wait for the answers to requests that are whole,
     * and nobody for those: a client of HTTP/2 has no use for half a connection.
     */
    @Override
    public void onShutdown() {
        super.onShutdown();
        getStreams()
                .forEach(stream -> ((HTTP2Stream) stream)
                        .process(
                                new FailureFrame(
                                        ErrorCode.CANCEL_STREAM_ERROR.code, "gone", new EOFException("client gone")),
                                Callback.NOOP));
    }
}
