package dev.weir.upstream;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.http.HttpStatus;
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
        Receiver(HttpChannelOverHTTP channel) {
            super(channel);
        }

        @Override
        public boolean messageComplete() {
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
