package dev.weir.boot;

import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.util.Callback;

/** A client of HTTP/2: busy while it has streams, and late with a head whatever else it does, for nothing overtakes it. */
record SweptHttp2(AbstractEndPoint client, Http2Session session) implements SweptClient {
    private Http2Parser parser() {
        return session.getParser();
    }

    @Override
    public Doing doing() {
        boolean busy = session.getStreamCount() > 0;
        if (session.isClosed() && !busy) {
            return Doing.ENDED;
        }
        if (parser().isWaiting()) {
            return Doing.HEAD;
        }
        return busy ? Doing.BUSY : Doing.IDLE;
    }

    @Override
    public long occasion() {
        return parser().occasion();
    }

    /** A GOAWAY first, which says what was not processed; who has had one and stays is closed. */
    @Override
    public boolean close(Doing doing) {
        if (doing == Doing.ENDED || session.isClosed()) {
            client.close();
        } else if (doing == Doing.HEAD) {
            session.close(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, "too slow", Callback.from(client::close));
        } else {
            session.shutdown();
        }
        return true;
    }

    @Override
    public void sayGoodbye() {
        session.shutdown();
    }
}
