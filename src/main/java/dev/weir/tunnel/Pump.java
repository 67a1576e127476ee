package dev.weir.tunnel;

import java.io.IOException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * One way of a {@link Tunnel}: reads into one buffer, writes it, and reads again only when all of it was taken. Who does
 * not take stalls who sends.
 *
 * <p>Threads: any; {@link IteratingCallback} lets one at a time into {@link #process}.
 */
final class Pump extends IteratingCallback {
    /** Buffers that pass without a wait before others get their turn on the thread. */
    private static final int MOST_IN_A_ROW = 16;

    /** Whom it tells; {@link #ended} once, with null where the way has ended well. */
    interface Listener {
        /** Bytes moved. */
        void moved();

        /** So many bytes were read. */
        void read(int bytes);

        /** It is over. */
        void ended(Throwable failure);
    }

    private final TunnelEnd from;
    private final TunnelEnd to;
    private final int bufferSize;
    private final Tunnel.Engine engine;
    private final Listener listener;
    private final boolean direct;
    private RetainableByteBuffer filled;
    private int inARow;
    private boolean finished;

    Pump(TunnelEnd from, TunnelEnd to, int bufferSize, Tunnel.Engine engine, Listener listener) {
        this.from = from;
        this.to = to;
        this.bufferSize = bufferSize;
        this.engine = engine;
        this.listener = listener;
        this.direct = !from.needsArrays() && !to.needsArrays();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() throws IOException {
        if (finished) {
            return Action.SUCCEEDED;
        }
        if (filled != null) {
            release();
            listener.moved();
        }
        if (++inARow > MOST_IN_A_ROW) {
            inARow = 0;
            engine.executor().execute(this::succeeded);
            return Action.SCHEDULED;
        }
        int read = read();
        if (read > 0) {
            listener.read(read);
            listener.moved();
            to.write(filled.getByteBuffer(), this);
        } else if (read == 0) {
            inARow = 0;
            from.whenReadable(this);
        } else {
            finished = true;
            to.finish(this);
        }
        return Action.SCHEDULED;
    }

    private int read() throws IOException {
        RetainableByteBuffer buffer = engine.buffers().acquire(bufferSize, direct);
        int read = 0;
        try {
            read = from.read(buffer.getByteBuffer());
        } finally {
            if (read > 0) {
                filled = buffer;
            } else {
                buffer.release();
            }
        }
        return read;
    }

    private void release() {
        if (filled != null) {
            filled.release();
            filled = null;
        }
    }

    @Override
    protected void onCompleteSuccess() {
        release();
        listener.ended(null);
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        release();
        listener.ended(cause);
    }
}
