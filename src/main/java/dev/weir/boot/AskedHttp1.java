package dev.weir.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * A client's connection of HTTP/1.x that keeps the request line's target as it came: what Jetty makes of it no longer says
 * whether the client asked for us or for another server. While Weir drains, each answer on it is the last.
 *
 * <p>Threads: the connection's, one request at a time.
 */
final class AskedHttp1 extends HttpConnection {
    private final Factory factory;
    private volatile String target = "";

    private AskedHttp1(Factory factory, org.eclipse.jetty.server.Connector connector, EndPoint endPoint) {
        super(factory.getHttpConfiguration(), connector, endPoint);
        this.factory = factory;
    }

    /** What makes them, in the place of Jetty's own. */
    static final class Factory extends HttpConnectionFactory {
        private volatile boolean leaving;

        Factory(HttpConfiguration http) {
            super(http);
        }

        @Override
        public Connection newConnection(org.eclipse.jetty.server.Connector connector, EndPoint endPoint) {
            HttpConnection connection = new AskedHttp1(this, connector, endPoint);
            connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
            return configure(connection, connector, endPoint);
        }

        /** Has every answer that begins from now on close its connection, so that no client counts on another one. */
        void goAway() {
            leaving = true;
        }
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
        target = uri;
        return new AskedStream(method, uri, version);
    }

    /** Ends the connection with its answer while we leave (RFC 9112 §9.6). A switch of protocols is no answer that ends. */
    private void closeWhenLeaving(MetaData.Response response) {
        if (factory.leaving && response.getStatus() >= HttpStatus.OK_200) {
            getGenerator().setPersistent(false);
        }
    }

    /** Sends the head of a CONNECT's success itself: Jetty would add a length, which it must not have (RFC 9110 §9.3.6). */
    private final class AskedStream extends HttpStreamOverHTTP1 {
        private volatile boolean tunnels;

        AskedStream(String method, String uri, HttpVersion version) {
            super(method, uri, version);
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.Response response,
                boolean last,
                ByteBuffer content,
                Callback callback) {
            if (response == null || !MetaData.isTunnel(request.getMethod(), response.getStatus())) {
                if (response != null) {
                    closeWhenLeaving(response);
                }
                super.send(request, response, last, content, callback);
                return;
            }
            tunnels = true;
            StringBuilder head = new StringBuilder("HTTP/1.1 200 Connection Established\r\n");
            for (HttpField field : response.getHttpFields()) {
                head.append(field.getName())
                        .append(": ")
                        .append(field.getValue())
                        .append("\r\n");
            }
            getEndPoint()
                    .write(callback, BufferUtil.toBuffer(head.append("\r\n").toString(), ISO_8859_1));
        }

        @Override
        public boolean isCommitted() {
            return tunnels || super.isCommitted();
        }
    }

    /** The target of a request; empty for one of HTTP/2, which has none. */
    static String target(Request request) {
        return request.getConnectionMetaData() instanceof AskedHttp1 asked ? asked.target : "";
    }
}
