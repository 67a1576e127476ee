package dev.weir.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** The certificates in a file in PEM form (RFC 7468 §5). */
public final class PemCertificates {
    private PemCertificates() {}

    /**
     * Reads all of them, at least one.
     *
     * @throws CertificateException where there is none, or what looks like one is not
     */
    public static Collection<? extends Certificate> read(Path file) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new CertificateException("found none");
            }
            return certificates;
        }
    }
}
