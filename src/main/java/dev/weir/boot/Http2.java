package dev.weir.boot;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.WindowRateControl;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;

/**
 * HTTP/2 to clients (RFC 9113): {@code h2} behind TLS, {@code h2c} by prior knowledge; an {@code Upgrade: h2c} is a field
 * of one hop that nobody follows (RFC 9113 §3.1 has dropped it).
 *
 * <p>What one connection may take is bounded: {@link #MAX_STREAMS} exchanges, {@link #CONNECTION_WINDOW} bytes that were
 * received and not passed on, {@link #MAX_ODD_FRAMES} a second of the frames that cost more than they carry.
 */
final class Http2 extends HTTP2ServerConnectionFactory implements ConnectionFactory.Upgrading {
    static final String SECURED = "h2";
    static final String CLEAR = "h2c";

    /** Exchanges at once on one connection; RFC 9113 §6.5.2 asks for no fewer than this. */
    static final int MAX_STREAMS = 100;

    /** Bytes of one request's body that may wait here. */
    private static final int STREAM_WINDOW = 128 * 1024;
    /** Bytes of all bodies of one connection that may wait here. */
    private static final int CONNECTION_WINDOW = 512 * 1024;
    /** Windows are opened again when half of them was passed on. */
    private static final float WINDOW_RATIO = 0.5F;

    /** Resets, pings, settings, empty and late frames a second; who sends more is cut off (CVE-2023-44487 and its kind). */
    private static final int MAX_ODD_FRAMES = 128;

    /** Whether the HEADERS frame of a request has ended its stream: it has no body. */
    static final String BODILESS = Http2.class.getName() + ".bodiless";

    private Http2(HttpConfiguration http, String protocol) {
        super(http, protocol);
        http.getCustomizers().removeIf(AltSvcCustomizer.class::isInstance); // there is no HTTP/3 to tell of
        setMaxConcurrentStreams(MAX_STREAMS);
        setInitialStreamRecvWindow(STREAM_WINDOW);
        setInitialSessionRecvWindow(CONNECTION_WINDOW);
        setFlowControlStrategyFactory(() -> new BufferingFlowControlStrategy(WINDOW_RATIO));
        setRateControlFactory(new WindowRateControl.Factory(MAX_ODD_FRAMES));
        setConnectProtocolEnabled(false);
    }

    /** For a clear-text listener. */
    static Http2 clear(HttpConfiguration http) {
        return new Http2(http, CLEAR);
    }

    /** For one behind TLS. */
    static Http2 secured(HttpConfiguration http) {
        return new Http2(http, SECURED);
    }

    /**
     * The size of request fields that ends the connection. HPACK's decoder can do no less, so that its bound is twice the
     * one that {@link Http2Requests} refuses a single request with.
     */
    private int maxHeaderListSize() {
        return 2 * getHttpConfiguration().getRequestHeaderSize();
    }

    @Override
    protected Map<Integer, Integer> newSettings() {
        Map<Integer, Integer> settings = super.newSettings();
        settings.put(SettingsFrame.MAX_HEADER_LIST_SIZE, maxHeaderListSize());
        return settings;
    }

    /** Jetty's own step by step, for the parser is made in the middle of it. */
    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        ServerSessionListener listener = newSessionListener(connector, endPoint);
        Generator generator = new Generator(connector.getByteBufferPool(), isUseOutputDirectByteBuffers(), 0);
        generator.getHpackEncoder().setMaxHeaderListSize(getHttpConfiguration().getMaxResponseHeaderSize());
        Http2Parser parser = new Http2Parser(
                connector.getByteBufferPool(),
                maxHeaderListSize(),
                getRateControlFactory().newRateControl(endPoint));
        parser.setMaxSettingsKeys(getMaxSettingsKeys());
        Http2Session session = new Http2Session(
                connector.getScheduler(),
                endPoint,
                parser,
                generator,
                listener,
                getFlowControlStrategyFactory().newFlowControlStrategy());
        configure(session, endPoint);
        HTTP2ServerConnection connection =
                new HTTP2ServerConnection(connector, endPoint, getHttpConfiguration(), session, listener);
        connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
        connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
        connection.addEventListener(getBean(SessionContainer.class));
        parser.init(connection);
        return configure(connection, connector, endPoint);
    }

    private void configure(Http2Session session, EndPoint endPoint) {
        session.setMaxLocalStreams(0); // nothing is pushed
        session.setMaxRemoteStreams(getMaxConcurrentStreams());
        session.setMaxEncoderTableCapacity(getMaxEncoderTableCapacity());
        session.setStreamIdleTimeout(endPoint.getIdleTimeout());
        session.setInitialSessionRecvWindow(getInitialSessionRecvWindow());
        session.setWriteThreshold(getHttpConfiguration().getOutputBufferSize());
        session.setConnectProtocolEnabled(isConnectProtocolEnabled());
    }

    @Override
    protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
        return new HTTPServerSessionListener(endPoint) {
            @Override
            public Stream.Listener onNewStream(Stream stream, HeadersFrame frame) {
                if (frame.isEndStream()) {
                    stream.setAttribute(BODILESS, Boolean.TRUE);
                }
                return super.onNewStream(stream, frame);
            }

            @Override
            public void onReset(Stream stream, ResetFrame frame, Callback callback) {
                super.onReset(stream, frame, callback);
                ((Http2Stream) stream).gone();
            }

            @Override
            public void onFailure(Stream stream, int error, String reason, Throwable cause, Callback callback) {
                super.onFailure(stream, error, reason, cause, callback);
                ((Http2Stream) stream).gone();
            }
        };
    }

    /** Follows the preface alone, which Jetty's HTTP/1.1 parser takes for a request of the method {@code PRI}. */
    @Override
    public Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response101) {
        if (!HttpMethod.PRI.is(request.getMethod())) {
            return null;
        }
        HTTP2ServerConnection connection = (HTTP2ServerConnection) newConnection(connector, endPoint);
        return connection.upgrade(request, response101) ? connection : null;
    }

    /** Begins to close all connections: streams in flight end, new ones go elsewhere. */
    void goAway() {
        getBean(SessionContainer.class).getSessions().forEach(Session::shutdown);
    }
}
