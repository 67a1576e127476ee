package dev.weir.boot;

import java.io.EOFException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * One request of an HTTP/2 client. Jetty's own resets it with CANCEL where the answer was whole and the body was not, from
 * which a client learns that it lost the answer, too; and does not tell the request of a body that breaks its word.
 */
final class Http2Stream extends HTTP2Stream {
    private static final Runnable GONE = () -> {};

    private final AtomicReference<Runnable> whenGone = new AtomicReference<>();

    Http2Stream(HTTP2Session session, int streamId, MetaData.Request request) {
        super(session, streamId, request, false);
    }

    /** With NO_ERROR behind an answer that is whole (RFC 9113 §8.1), and as our failure where it is not. */
    @Override
    public void reset(ResetFrame frame, Callback callback) {
        if (frame.getError() == ErrorCode.CANCEL_STREAM_ERROR.code) {
            ErrorCode error = isLocallyClosed() && !isReset() ? ErrorCode.NO_ERROR : ErrorCode.INTERNAL_ERROR;
            super.reset(new ResetFrame(getId(), error.code), callback);
            return;
        }
        super.reset(frame, callback);
        Listener request = getListener();
        if (frame.getError() == ErrorCode.PROTOCOL_ERROR.code && request != null) {
            request.onFailure(this, frame.getError(), null, new EOFException("malformed"), Callback.NOOP);
        }
    }

    /** Has the task run when the client resets the stream or disconnects; at once if it has. One task. */
    void whenGone(Runnable task) {
        if (!whenGone.compareAndSet(null, task)) {
            task.run();
        }
    }

    /** The client has reset it, or disconnected. */
    void gone() {
        Runnable task = whenGone.getAndSet(GONE);
        if (task != null) {
            task.run();
        }
    }
}
