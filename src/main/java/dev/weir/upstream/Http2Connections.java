package dev.weir.upstream;

import java.util.Map;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.HTTP2ClientConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * Begins HTTP/2 on sockets that are open, by prior knowledge (RFC 9113 §3.3) or where ALPN has agreed on it.
 *
 * <p>What an upstream may send ahead of a client that does not read is bounded by the stream's window,
 * {@code responseBufferSize}. A connection's window is that of all its streams together, so that none of them that stands
 * still can stop another one.
 *
 * <p>Threads: any.
 */
final class Http2Connections {
    /** Exchanges at once on one connection; an upstream may allow fewer. */
    static final int MOST_STREAMS = 100;

    private static final int HEAD_ROOM = 2;

    private final HTTP2ClientConnectionFactory factory = new HTTP2ClientConnectionFactory();
    private final HTTP2Client client;

    /** Needs {@link #configure} before its first connection. */
    Http2Connections(UpstreamConnector connector) {
        client = new HTTP2Client(connector);
        client.setMaxLocalStreams(MOST_STREAMS);
        client.setMaxConcurrentPushedStreams(0);
    }

    /** Takes its sizes over, which are set by now. */
    void configure(HttpClient sizes) {
        int window = sizes.getResponseBufferSize();
        client.setInputBufferSize(window);
        client.setInitialStreamRecvWindow(window);
        client.setInitialSessionRecvWindow(Math.max(FlowControlStrategy.DEFAULT_WINDOW_SIZE, MOST_STREAMS * window));
        client.setMaxRequestHeadersSize(sizes.getMaxRequestHeadersSize());
        // Beyond Jetty's bound the connection ends, with all that it serves; ours, a half of it, ends the exchange
        // alone.
        client.setMaxResponseHeadersSize(HEAD_ROOM * sizes.getMaxResponseHeadersSize());
    }

    /** Whether a destination is spoken to in HTTP/2. */
    static boolean isFor(Origin origin) {
        return origin.getProtocol() != null
                && origin.getProtocol().getProtocols().stream().anyMatch(Http2Connections::is);
    }

    private static boolean is(String protocol) {
        return protocol.equals("h2") || protocol.equals("h2c");
    }

    /** Over a socket that is open; the promise in the context is kept at once, see {@link Http2UpstreamConnection}. */
    Connection over(EndPoint endPoint, Map<String, Object> context) {
        Http2Session session = new Http2Session(context);
        context.put(HTTP2Client.CONTEXT_KEY, client);
        context.put(HTTP2Client.SESSION_LISTENER_CONTEXT_KEY, session);
        context.put(HTTP2Client.SESSION_PROMISE_CONTEXT_KEY, session);
        HTTP2Connection connection = (HTTP2Connection) factory.newConnection(endPoint, context);
        HttpDestination destination = (HttpDestination) context.get(Destination.CONTEXT_KEY);
        Http2UpstreamConnection made = new Http2UpstreamConnection(destination, connection);
        connection.getSession().addEventListener(new Http2Flood(made));
        connection.getSession().addEventListener(new Http2OwnResets(made));
        session.begin(made);
        return connection;
    }
}
