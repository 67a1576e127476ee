package dev.weir.upstream;

import dev.weir.config.PemCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Trust towards {@code https} upstreams: certificate and host name are always verified (RFC 9110 §4.3.4). */
final class UpstreamTls {
    private static final String H2 = "h2";

    private UpstreamTls() {}

    /**
     * Verifies against the certificates of a PEM file, or against the JVM's where none is given.
     *
     * @throws IllegalStateException where the file does not hold certificates any more
     */
    static SslContextFactory.Client contextFactory(Optional<Path> certificates) {
        SslContextFactory.Client factory = new Negotiating();
        factory.setEndpointIdentificationAlgorithm("HTTPS");
        certificates.ifPresent(file -> factory.setTrustStore(read(file)));
        return factory;
    }

    /** Asks an HTTP/2 upstream for {@code h2} by ALPN (RFC 9113 §3.2), and for nothing else. */
    private static final class Negotiating extends SslContextFactory.Client
            implements SslClientConnectionFactory.SslEngineFactory {
        @Override
        public SSLEngine newSslEngine(String host, int port, Map<String, Object> context) {
            SSLEngine engine = newSSLEngine(host, port);
            if (Http2Connections.isFor(((Destination) context.get(Destination.CONTEXT_KEY)).getOrigin())) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {H2});
                engine.setSSLParameters(parameters);
            }
            return engine;
        }
    }

    /** Tells the socket's end point that TLS is agreed on, or what came instead. */
    static SslHandshakeListener handshakes() {
        return new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                UpstreamEndPoint.of(event.getEndPoint()).handshakeEnded(agreedOn(event.getSSLEngine()));
            }

            @Override
            public void handshakeFailed(Event event, Throwable failure) {
                boolean refused = String.valueOf(failure.getMessage()).contains("no_application_protocol");
                UpstreamEndPoint.of(event.getEndPoint())
                        .handshakeEnded(refused ? new NotHttp2Exception(failure) : failure);
            }
        };
    }

    /** What is wrong with it; null where it is what was asked for. */
    private static NotHttp2Exception agreedOn(SSLEngine engine) {
        boolean asked =
                List.of(engine.getSSLParameters().getApplicationProtocols()).contains(H2);
        return asked && !H2.equals(engine.getApplicationProtocol())
                ? new NotHttp2Exception("no protocol agreed on by ALPN")
                : null;
    }

    private static KeyStore read(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : PemCertificates.read(file)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            return store;
        } catch (IOException | GeneralSecurityException cause) {
            throw new IllegalStateException("weir.upstreamCa: " + file + " has changed: " + cause.getMessage(), cause);
        }
    }
}
