package dev.weir.upstream;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.WindowRateControl;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds what an upstream can have us do for nothing (RFC 9113 §10.5): PING and SETTINGS, each of which wants an answer,
 * and DATA without data. More than {@value #MOST_A_SECOND} of them in a second, or {@value #MOST_UNSENT} frames that it
 * does not read, end the connection. Servers that measure the way by PING send some for each round trip, so that a
 * smaller bound would hit them on a fast network.
 *
 * <p>Threads: the one that reads the connection.
 */
final class Http2Flood implements HTTP2Session.FrameListener {
    static final int MOST_A_SECOND = 10_000;
    static final int MOST_UNSENT = 1_000;

    private final Http2UpstreamConnection connection;
    private final WindowRateControl rate = WindowRateControl.fromEventsPerSecond(MOST_A_SECOND);
    private final AtomicBoolean ended = new AtomicBoolean();

    Http2Flood(Http2UpstreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public void onIncomingFrame(Session session, Frame frame) {
        boolean tooMany = isForNothing(frame)
                && (!rate.onEvent(frame) || ((HTTP2Session) session).getFrameQueueSize() > MOST_UNSENT);
        if (tooMany && ended.compareAndSet(false, true)) {
            // Not from here: Jetty is in the middle of the frame.
            connection.getHttpClient().getExecutor().execute(() -> end(session));
        }
    }

    private static boolean isForNothing(Frame frame) {
        return switch (frame.getType()) {
            case PING -> !((PingFrame) frame).isReply();
            case SETTINGS -> !((SettingsFrame) frame).isReply();
            case DATA -> ((DataFrame) frame).remaining() == 0 && !((DataFrame) frame).isEndStream();
            default -> false;
        };
    }

    private void end(Session session) {
        session.close(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, "flood", Callback.NOOP);
        connection.lost(new IOException("the upstream flooded the connection"));
    }
}
