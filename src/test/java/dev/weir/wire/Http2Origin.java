package dev.weir.wire;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.RateControl;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.server.RawHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** An upstream that speaks HTTP/2 alone, and sends single frames as the test says. */
public final class Http2Origin implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 1 << 20;

    private final Server server = new Server();
    private final ServerConnector connector;
    private final boolean secure;
    private final BlockingQueue<Http2Exchange> arrived = new LinkedBlockingQueue<>();
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();

    private Http2Origin(SSLContext tls, int maxStreams) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setResponseHeaderSize(MAX_HEAD_BYTES);
        RawHTTP2ServerConnectionFactory http2 = new RawHTTP2ServerConnectionFactory(configuration, new Arrivals());
        http2.setMaxConcurrentStreams(maxStreams);
        http2.setRateControlFactory(new RateControl.Factory() {}); // which controls nothing
        secure = tls != null;
        if (secure) {
            SslContextFactory.Server context = new SslContextFactory.Server();
            context.setSslContext(tls);
            connector = new ServerConnector(
                    server, new SslConnectionFactory(context, "alpn"), new ALPNServerConnectionFactory("h2"), http2);
        } else {
            connector = new ServerConnector(server, http2);
        }
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** In clear text, by prior knowledge. */
    public static Http2Origin clear() {
        return clear(128);
    }

    /** In clear text, with so many exchanges at once on a connection. */
    public static Http2Origin clear(int maxStreams) {
        return new Http2Origin(null, maxStreams);
    }

    /** Behind TLS, by ALPN. */
    public static Http2Origin secure(SSLContext tls) {
        return new Http2Origin(tls, 128);
    }

    /** What {@code proxyTo} says. */
    public URI uri() {
        return URI.create((secure ? "h2" : "h2c") + "://127.0.0.1:" + port());
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Connections that were ever opened. */
    public int opened() {
        return opened.get();
    }

    /** Connections that are open now. */
    public int open() {
        return open.size();
    }

    /** The next request that arrives, with its head to be received first. */
    public Http2Exchange accept() {
        try {
            Http2Exchange next = arrived.poll(Http2Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no request arrived");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a request has arrived that nobody has accepted. */
    public boolean hasMore() {
        return !arrived.isEmpty();
    }

    /** Changes on every connection how many exchanges it takes at once. */
    public void allowStreams(int most) {
        SettingsFrame frame = new SettingsFrame(Map.of(SettingsFrame.MAX_CONCURRENT_STREAMS, most), false);
        open.forEach(session -> session.settings(frame, Callback.NOOP));
    }

    /** Sends so many PINGs at once, on every connection. */
    public void ping(int times) {
        for (int i = 0; i < times; i++) {
            open.forEach(session -> session.ping(new org.eclipse.jetty.http2.frames.PingFrame(false), Callback.NOOP));
        }
    }

    /** Closes every connection without a word. */
    public void cut() {
        connector.getConnectedEndPoints().forEach(endPoint -> endPoint.close());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Arrivals implements ServerSessionListener {
        @Override
        public void onAccept(Session session) {
            opened.incrementAndGet();
            open.add(session);
        }

        @Override
        public Stream.Listener onNewStream(Stream stream, HeadersFrame frame) {
            Http2Exchange exchange = Http2Exchange.begunBy(stream, frame);
            arrived.add(exchange);
            return exchange;
        }

        @Override
        public void onClose(Session session, GoAwayFrame frame, Callback callback) {
            open.remove(session);
            callback.succeeded();
        }

        @Override
        public void onFailure(Session session, Throwable failure, Callback callback) {
            open.remove(session);
            callback.succeeded();
        }
    }
}
