package dev.weir.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Jetty's HTTP/1.1 connection, which serves no further exchange where its upstream said more than one response: what comes
 * behind is nobody's, and whose the rest of it would be cannot be told (RFC 9112 §9.2). Jetty throws it away and goes on.
 */
final class UpstreamConnection extends HttpConnectionOverHTTP {
    private static final HttpClientConnectionFactory FACTORY = new HttpClientConnectionFactory() {
        @Override
        public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
            return customize(new UpstreamConnection(endPoint, context), context);
        }
    };

    private UpstreamConnection(EndPoint endPoint, Map<String, Object> context) {
        super(endPoint, context);
    }

    /** Not for a tunnel, whose first byte is its client's. */
    @Override
    public void fillInterested() {
        boolean tunnel = getHttpDestination() instanceof BoundedDestination destination && destination.isTunnel();
        if (!tunnel) {
            super.fillInterested();
        }
    }

    /** Over a socket that is open, as Jetty's own factory makes it. */
    static Connection over(EndPoint endPoint, Map<String, Object> context) {
        return FACTORY.newConnection(endPoint, context);
    }

    @Override
    protected HttpChannelOverHTTP newHttpChannel() {
        return new Channel();
    }

    private final class Channel extends HttpChannelOverHTTP {
        private Receiver receiver;

        Channel() {
            super(UpstreamConnection.this);
        }

        /** Called by the constructor of Jetty's channel. */
        @Override
        protected HttpReceiverOverHTTP newHttpReceiver() {
            receiver = new Receiver(this);
            return receiver;
        }

        /** Begins an exchange. */
        @Override
        public boolean associate(HttpExchange exchange) {
            receiver.complete = false;
            return super.associate(exchange);
        }

        /** What comes while no response is awaited ends the connection: with the exchange that it has, or at once. */
        @Override
        public void receive() {
            HttpExchange ahead = receiver.ahead();
            // Null, too, for one that opens a tunnel through upstreamProxy, which Jetty closes where it was answered
            // otherwise.
            Pooled pooled = ahead == null ? null : Pooled.of(UpstreamConnection.this);
            if (pooled != null) {
                receiveAhead(ahead, pooled);
                return;
            }
            if (receiver.enter()) {
                try {
                    boolean nobodys = getHttpExchange() == null;
                    long before = getBytesIn();
                    super.receive();
                    if (nobodys && getBytesIn() != before) {
                        close();
                    }
                } finally {
                    receiver.leave();
                }
            }
        }

        /** Race: where the exchange has ended meanwhile, it may not have seen that the connection is not to be trusted. */
        private void receiveAhead(HttpExchange ahead, Pooled pooled) {
            if (takeByte() == 0) {
                fillInterested();
                return;
            }
            pooled.saysTooMuch = true;
            if (getHttpExchange() != ahead) {
                close();
            }
        }
    }

    /** Reads a byte, which is nobody's, and throws it away: 1, or 0 where there is none, or -1 at the end. */
    private int takeByte() {
        try {
            return getEndPoint().fill(BufferUtil.allocate(1));
        } catch (IOException broken) {
            return -1;
        }
    }

    /**
     * Gives its buffer back when its exchange is aborted, too, which Jetty's leaves to a next read that never comes
     * (jetty.project #12934): whoever is reading meanwhile does so on the way out.
     */
    private final class Receiver extends HttpReceiverOverHTTP {
        private static final int DISPOSED = 1 << 30;

        private static final AtomicIntegerFieldUpdater<Receiver> READING =
                AtomicIntegerFieldUpdater.newUpdater(Receiver.class, "reading");

        /** How many are reading, one within the other or on another thread, and {@link #DISPOSED}. */
        private volatile int reading;

        /** Whose response is being parsed; null for nobody's. */
        private HttpExchange answered;

        /** The exchange has its response, and no other has begun. */
        private volatile boolean complete;

        Receiver(HttpChannelOverHTTP channel) {
            super(channel);
        }

        /** False where the exchange was aborted: there is nothing to read, and whoever is last gives the buffer back. */
        boolean enter() {
            return READING.getAndUpdate(this, readers -> readers < DISPOSED ? readers + 1 : readers) < DISPOSED;
        }

        void leave() {
            if (READING.decrementAndGet(this) == DISPOSED) {
                giveBuffer();
            }
        }

        /** The exchange that has its response although its request is not over, so that nothing may come; null for none. */
        HttpExchange ahead() {
            HttpExchange current = getHttpExchange(); // first: the next one begins with incomplete
            return complete ? current : null;
        }

        /**
         * Jetty would take what comes next for another response to the exchange while its request is not over, and for the
         * response to the next exchange where that begins at once.
         */
        @Override
        protected void responseSuccess(Runnable next) {
            if (next == null || !complete) { // a switch of protocols, an interim response
                super.responseSuccess(next);
                return;
            }
            // Not over TLS, where a broken end would fail the exchange.
            if (getEndPoint() instanceof ShortReadEndPoint socket && !socket.isDrained() && takeByte() != 0) {
                distrust();
            }
            super.responseSuccess(() -> awaitNext(next));
        }

        private void awaitNext(Runnable next) {
            if (ahead() != null) {
                giveBuffer();
                UpstreamConnection.this.fillInterested();
                return;
            }
            long before = getBytesIn();
            next.run();
            if (getHttpExchange() == null && getBytesIn() != before) {
                close();
            }
        }

        /** Lets the connection serve no other exchange; one that opens a tunnel is none of the pool's. */
        private void distrust() {
            Pooled pooled = Pooled.of(UpstreamConnection.this);
            if (pooled != null) {
                pooled.saysTooMuch = true;
            }
        }

        @Override
        public Content.Chunk read(boolean fillInterestIfNeeded) {
            if (!enter()) {
                return null; // the source has the failure by now
            }
            try {
                return super.read(fillInterestIfNeeded);
            } finally {
                leave();
            }
        }

        @Override
        protected void dispose() {
            super.dispose();
            if (READING.getAndUpdate(this, readers -> readers | DISPOSED) == 0) {
                giveBuffer();
            }
        }

        private void giveBuffer() {
            ByteBuffer buffer = getResponseBuffer();
            if (buffer != null) {
                BufferUtil.clear(buffer);
                onUpgradeFrom(); // Jetty's only way to release it, for which nothing may be left in it
            }
        }

        @Override
        public void startResponse(HttpVersion version, int status, String reason) {
            answered = getHttpExchange();
            super.startResponse(version, status, reason);
        }

        /**
         * Takes the field at once. Jetty's own would queue a task for each field, for listeners and a cookie store that
         * there are none of here.
         */
        @Override
        public void parsedHeader(HttpField field) {
            if (answered != null) {
                answered.getResponse().addHeader(field);
            }
        }

        @Override
        public boolean messageComplete() {
            answered = null;
            boolean whole = super.messageComplete();
            ByteBuffer rest = getResponseBuffer();
            // Behind an interim response comes the final one, behind a switch of protocols the other protocol.
            complete = whole && !HttpStatus.isInformational(status());
            if (complete && rest != null && rest.hasRemaining()) {
                distrust();
            }
            return whole;
        }

        private int status() {
            return getHttpExchange().getResponse().getStatus();
        }
    }
}
