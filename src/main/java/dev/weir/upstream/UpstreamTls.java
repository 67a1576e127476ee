package dev.weir.upstream;

import dev.weir.config.PemCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Trust towards {@code https} upstreams: certificate and host name are always verified (RFC 9110 §4.3.4). */
final class UpstreamTls {
    private UpstreamTls() {}

    /**
     * Verifies against the certificates of a PEM file, or against the JVM's where none is given.
     *
     * @throws IllegalStateException where the file does not hold certificates any more
     */
    static SslContextFactory.Client contextFactory(Optional<Path> certificates) {
        SslContextFactory.Client factory = new SslContextFactory.Client();
        factory.setEndpointIdentificationAlgorithm("HTTPS");
        certificates.ifPresent(file -> factory.setTrustStore(read(file)));
        return factory;
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
