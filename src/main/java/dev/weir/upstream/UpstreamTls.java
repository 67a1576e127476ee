package dev.weir.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Trust towards {@code https} upstreams: certificate and host name are always verified (RFC 9110 §4.3.4). */
final class UpstreamTls {
    private UpstreamTls() {}

    /**
     * Verifies against the certificates of a PEM file, or against the JVM's where none is given.
     *
     * @throws IllegalStateException where the file holds no certificate
     */
    static SslContextFactory.Client contextFactory(Optional<Path> certificates) {
        SslContextFactory.Client factory = new SslContextFactory.Client();
        factory.setEndpointIdentificationAlgorithm("HTTPS");
        certificates.ifPresent(file -> factory.setTrustStore(read(file)));
        return factory;
    }

    private static KeyStore read(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new IllegalStateException(
                        "weir.upstreamCa: " + file + " (expected: PEM certificates, found none)");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            return store;
        } catch (IOException | GeneralSecurityException cause) {
            throw new IllegalStateException(
                    "weir.upstreamCa: " + file + " (expected: a readable file of PEM certificates): "
                            + cause.getMessage(),
                    cause);
        }
    }
}
