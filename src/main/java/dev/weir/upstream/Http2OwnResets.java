package dev.weir.upstream;

import java.io.IOException;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Tells an exchange that Jetty has reset its stream for a fault of the upstream's, data beyond or short of the
 * {@code Content-Length} for one: Jetty tells nobody, and the exchange would wait for more.
 *
 * <p>Threads: those that write to the connection.
 */
final class Http2OwnResets implements HTTP2Session.FrameListener {
    private final Http2UpstreamConnection connection;

    Http2OwnResets(Http2UpstreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public void onOutgoingFrame(Session session, Frame frame) {
        if (frame instanceof ResetFrame reset
                && reset.getError() != ErrorCode.CANCEL_STREAM_ERROR.code
                && session.getStream(reset.getStreamId()) instanceof HTTP2Stream stream
                && stream.getAttachment() instanceof Http2Receiver receiver
                && receiver.serves(stream)) {
            IOException fault = new IOException(
                    "not a stream of HTTP/2: " + ErrorCode.toString(reset.getError(), "code " + reset.getError()));
            Runnable task = receiver.onFailure(fault, Callback.NOOP);
            if (task != null) {
                // Not from here: Jetty is in the middle of the frame.
                connection.getHttpClient().getExecutor().execute(task);
            }
        }
    }
}
