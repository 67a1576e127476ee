package dev.weir.upstream;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

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
        return new HttpChannelOverHTTP(this) {
            @Override
            protected HttpReceiverOverHTTP newHttpReceiver() {
                return new Receiver(this);
            }
        };
    }

    private final class Receiver extends HttpReceiverOverHTTP {
        /** Whose response is being parsed; null for nobody's. */
        private HttpExchange answered;

        Receiver(HttpChannelOverHTTP channel) {
            super(channel);
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
            boolean complete = super.messageComplete();
            ByteBuffer rest = getResponseBuffer();
            // Behind an interim response comes the final one, behind a switch of protocols the other protocol.
            if (complete && rest != null && rest.hasRemaining() && !HttpStatus.isInformational(status())) {
                distrust(Pooled.of(UpstreamConnection.this));
            }
            return complete;
        }

        /** Null for one that opens a tunnel through {@code upstreamProxy}. */
        private static void distrust(Pooled pooled) {
            if (pooled != null) {
                pooled.saysTooMuch = true;
            }
        }

        private int status() {
            return getHttpExchange().getResponse().getStatus();
        }
    }
}
