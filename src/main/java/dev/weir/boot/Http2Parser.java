package dev.weir.boot;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http2.Flags;
import org.eclipse.jetty.http2.RateControl;
import org.eclipse.jetty.http2.frames.FrameType;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.ByteBufferPool;

/**
 * Parses what an HTTP/2 client sends, and tells whether it is in the middle of something that has to get ready: the
 * preface with its SETTINGS, a head with its CONTINUATIONs, any frame but one of a body.
 *
 * <p>Threads: one at a time parses; any may ask.
 */
final class Http2Parser extends ServerParser {
    private boolean inFrame;
    private boolean inHead;
    private volatile boolean begun;
    private volatile boolean waiting;
    private volatile long heads;

    Http2Parser(ByteBufferPool buffers, int maxHeaderListSize, RateControl rateControl) {
        super(buffers, maxHeaderListSize, rateControl);
    }

    @Override
    protected boolean parseHeader(ByteBuffer buffer) {
        if (!inFrame && buffer.hasRemaining()) {
            inFrame = true;
            begin();
        }
        return super.parseHeader(buffer);
    }

    @Override
    protected boolean parseBody(ByteBuffer buffer) {
        int type = getFrameType();
        boolean ofHead = type == FrameType.HEADERS.getType() || type == FrameType.CONTINUATION.getType();
        boolean headEnds = !ofHead || hasFlag(Flags.END_HEADERS);
        if (type == FrameType.DATA.getType()) {
            waiting = false;
        }
        boolean whole = super.parseBody(buffer);
        if (whole) {
            begun = true;
            inFrame = false;
            inHead = !headEnds;
            waiting = inHead;
        }
        return whole;
    }

    private void begin() {
        if (!inHead) {
            heads++;
        }
        waiting = true;
    }

    /** Whether the client's preface was whole: it may send requests. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the client has begun something that must get ready, and that nothing else can overtake. */
    boolean isWaiting() {
        return !begun || waiting;
    }

    /** What it waits for, as a number: another one is another head or frame. 0 until the preface is whole. */
    long occasion() {
        return begun ? heads : 0;
    }
}
