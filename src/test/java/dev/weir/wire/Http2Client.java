package dev.weir.wire;

import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** An HTTP/2 client that sends single frames, on one connection, and receives no faster than the test reads. */
public final class Http2Client implements AutoCloseable {
    /** How long anything may take. */
    static final long PATIENCE_SECONDS = 10;

    private static final int MAX_HEAD_BYTES = 64 << 10;

    private final HTTP2Client jetty;
    private final Session session;
    private final String origin;
    private final BlockingQueue<GoAwayFrame> goAways;
    private final CountDownLatch closed;

    private Http2Client(String host, int port, SSLContext tls, int windowBytes) {
        jetty = new HTTP2Client();
        jetty.setMaxRequestHeadersSize(MAX_HEAD_BYTES);
        jetty.setMaxResponseHeadersSize(MAX_HEAD_BYTES);
        if (windowBytes > 0) {
            jetty.setInitialStreamRecvWindow(windowBytes);
        }
        goAways = new LinkedBlockingQueue<>();
        closed = new CountDownLatch(1);
        origin = (tls == null ? "http://" : "https://") + host + ":" + port;
        InetSocketAddress address = new InetSocketAddress(host, port);
        try {
            SslContextFactory.Client trust = new SslContextFactory.Client();
            trust.setSslContext(tls);
            jetty.getClientConnector().setSslContextFactory(trust);
            jetty.start();
            session = (tls == null ? jetty.connect(address, listener()) : jetty.connect(trust, address, listener()))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("connecting to " + origin, e);
        }
    }

    private Session.Listener listener() {
        return new Session.Listener() {
            @Override
            public void onGoAway(Session of, GoAwayFrame frame) {
                goAways.add(frame);
            }

            @Override
            public void onClose(Session of, GoAwayFrame frame, Callback callback) {
                closed.countDown();
                callback.succeeded();
            }

            @Override
            public void onFailure(Session of, Throwable failure, Callback callback) {
                closed.countDown();
                callback.succeeded();
            }
        };
    }

    /** By prior knowledge, in clear text. */
    public static Http2Client connect(String host, int port) {
        return new Http2Client(host, port, null, 0);
    }

    /** The same with windows of so many bytes for each stream: a client that reads slowly. */
    public static Http2Client connect(String host, int port, int windowBytes) {
        return new Http2Client(host, port, null, windowBytes);
    }

    /** Behind TLS; ALPN offers h2 alone. */
    public static Http2Client connect(String host, int port, SSLContext tls) {
        return new Http2Client(host, port, tls, 0);
    }

    /** Sends a request's head, with a body to follow or not; {@code fields} are names and values in turn. */
    public Http2Exchange send(String method, String target, boolean last, String... fields) {
        HttpFields.Mutable all = HttpFields.build();
        for (int i = 0; i < fields.length; i += 2) {
            all.add(fields[i], fields[i + 1]);
        }
        HttpURI uri = HttpURI.build(origin).pathQuery(target).asImmutable();
        return send(new MetaData.Request(method, uri, HttpVersion.HTTP_2, all), last);
    }

    /** Sends a head as it is. */
    public Http2Exchange send(MetaData.Request request, boolean last) {
        Http2Exchange exchange = new Http2Exchange();
        session.newStream(new HeadersFrame(request, null, last), exchange.asPromise(), exchange);
        return exchange;
    }

    /** A GET without fields. */
    public Http2Exchange get(String target) {
        return send("GET", target, true);
    }

    /** The next GOAWAY. */
    public GoAwayFrame awaitGoAway() {
        try {
            GoAwayFrame frame = goAways.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no GOAWAY");
            }
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the connection closes in time. */
    public boolean awaitClosed() {
        try {
            return closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Scheme, host and port. */
    public String origin() {
        return origin;
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
