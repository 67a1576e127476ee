package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.ConfigurationException;
import dev.weir.config.ProxyHeader;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamProxy;
import dev.weir.config.UpstreamUrl;
import dev.weir.limits.Descriptors;
import dev.weir.upstream.UpstreamClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** {@code --check}: resolves each route's upstream, connects, and for https verifies it; sends no request. */
final class UpstreamCheck {
    private static final int GOOD = 0;
    private static final int BAD = 2;

    private final SslContextFactory.Client tls;
    private final int connectMillis;
    /** Tried in the place of every upstream; null where there is none. */
    private final UpstreamUrl proxy;

    private UpstreamCheck(SslContextFactory.Client tls, int connectMillis, UpstreamUrl proxy) {
        this.proxy = proxy;
        this.tls = tls;
        this.connectMillis = connectMillis;
    }

    /** What was found, in words, and whether it is good. */
    private record Finding(boolean good, String words) {}

    /**
     * Prints a line for each route.
     *
     * @return 0 where every upstream was reached, otherwise 2
     * @throws StartFailedException where the configuration is wrong
     */
    static int run(Options options, PrintStream out) throws StartFailedException {
        if (!options.demo() || !options.problems().isEmpty()) {
            return runWithUpstreams(options, out);
        }
        try (DemoUpstream demo = DemoUpstream.start()) {
            return runWithUpstreams(options.withDemoAt(demo.uri().toString()), out);
        }
    }

    private static int runWithUpstreams(Options options, PrintStream out) throws StartFailedException {
        Configuration configuration = Launcher.read(options, new StartRules(options)::problems);
        int connectMillis = (int)
                configuration.shared().get(SharedParameters.CONNECT_TIMEOUT).toMillis();
        int status = GOOD;
        try (UpstreamClient client =
                UpstreamClient.start(configuration, Descriptors.of(configuration.shared()), any -> false)) {
            UpstreamCheck check = new UpstreamCheck(
                    client.jetty().getSslContextFactory(),
                    connectMillis,
                    configuration
                            .shared()
                            .get(SharedParameters.UPSTREAM_PROXY)
                            .map(UpstreamProxy::url)
                            .orElse(null));
            for (RouteConfiguration route : configuration.routes()) {
                Finding finding = check.route(route);
                out.println("route " + route.servletName() + ": " + route.prefix() + "/ leads to " + finding.words());
                status = finding.good() ? status : BAD;
            }
        } catch (ConfigurationException wrong) {
            throw StartFailedException.of(wrong.problems());
        } catch (IllegalStateException wrong) {
            throw StartFailedException.misconfigured(wrong.getMessage(), wrong);
        }
        return status;
    }

    private Finding route(RouteConfiguration route) {
        if (route.isOpen()) {
            return new Finding(true, "whatever requests name within its allow, and is not tried");
        }
        UpstreamUrl upstream = route.upstream().orElse(null);
        if (upstream == null) {
            return new Finding(true, "no upstream, and answers 503");
        }
        UpstreamUrl target = proxy == null ? upstream : proxy;
        String words = upstream + (proxy == null ? ": " : " through weir.upstreamProxy, which alone is tried: ");
        try {
            boolean introduced = route.values().get(RouteParameters.PROXY_PROTOCOL) != ProxyHeader.NONE;
            Finding finding = address(target, InetAddress.getAllByName(target.host()), introduced);
            return new Finding(finding.good(), words + finding.words());
        } catch (UnknownHostException unknown) {
            return new Finding(false, words + "the name " + target.host() + " does not resolve");
        }
    }

    /**
     * The first address that can be reached decides, as it does for an exchange.
     *
     * @param introduced whether a connection would have to name a client before anything else
     */
    private Finding address(UpstreamUrl upstream, InetAddress[] addresses, boolean introduced) {
        Finding last = null;
        for (InetAddress address : addresses) {
            last = connect(upstream, new InetSocketAddress(address, upstream.port()), introduced);
            if (last.good()) {
                return last;
            }
        }
        return last;
    }

    private Finding connect(UpstreamUrl upstream, InetSocketAddress address, boolean introduced) {
        String where = address.getAddress().getHostAddress() + " port " + address.getPort();
        try (Socket socket = new Socket(Proxy.NO_PROXY)) { // else it would follow -DsocksProxyHost
            socket.connect(address, connectMillis);
            return upstream.isSecure() && !introduced
                    ? secure(upstream, socket, where)
                    : new Finding(true, "connected to " + where);
        } catch (SocketTimeoutException slow) {
            return new Finding(false, where + " did not answer within " + connectMillis + " ms (weir.connectTimeout)");
        } catch (IOException refused) {
            return new Finding(false, where + " cannot be reached: " + refused.getMessage());
        }
    }

    private Finding secure(UpstreamUrl upstream, Socket socket, String where) throws IOException {
        try (SSLSocket secured = (SSLSocket)
                tls.getSslContext().getSocketFactory().createSocket(socket, upstream.host(), upstream.port(), true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(tls.getEndpointIdentificationAlgorithm());
            if (upstream.isHttp2()) {
                parameters.setApplicationProtocols(new String[] {"h2"});
            }
            secured.setSSLParameters(parameters);
            secured.setSoTimeout(connectMillis);
            secured.startHandshake();
            if (upstream.isHttp2() && !"h2".equals(secured.getApplicationProtocol())) {
                return new Finding(false, "connected to " + where + ", which does not agree on HTTP/2 (ALPN h2)");
            }
            String protocol = secured.getSession().getProtocol();
            return new Finding(true, "connected to " + where + ", certificate and name verified (" + protocol + ")");
        } catch (SSLException distrusted) {
            return new Finding(
                    false,
                    "connected to " + where + ", but not securely: " + distrusted.getMessage()
                            + " (weir.upstreamCa names who is trusted)");
        }
    }
}
