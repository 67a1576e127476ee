package dev.weir.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Who the launcher is to its clients: a certificate, those that vouch for it, and its private key.
 *
 * @param certificate the server's own
 * @param store all of them, as TLS takes them
 */
record ServerIdentity(X509Certificate certificate, KeyStore store) {
    /** Nobody ever sees the store: it is in memory alone. */
    private static final String PASSWORD = "in memory";

    /**
     * Makes one of two files' content.
     *
     * @throws BadTlsFileException where they do not hold a certificate and its key
     */
    static ServerIdentity of(TlsFiles files, TlsFiles.Content content) throws BadTlsFileException {
        List<X509Certificate> chain = chain(files, content.certificate());
        PrivateKey key = PrivateKeyBlock.read(files, content.key());
        X509Certificate certificate = chain.get(0);
        checkOrder(files, chain);
        if (!PrivateKeyBlock.isOf(certificate.getPublicKey(), key)) {
            throw new BadTlsFileException(
                    TlsFiles.KEY_OPTION,
                    files.key(),
                    "the key of the first certificate of " + files.certificate() + "; this one does not match it");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("weir", key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return new ServerIdentity(certificate, store);
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("a key and its chain are not taken", impossible);
        }
    }

    /** Clients that do not sort for themselves rely on it (RFC 8446 §4.4.2). */
    private static void checkOrder(TlsFiles files, List<X509Certificate> chain) throws BadTlsFileException {
        for (int i = 1; i < chain.size(); i++) {
            if (!isIssuedBy(chain.get(i - 1), chain.get(i))) {
                throw new BadTlsFileException(
                        TlsFiles.CERTIFICATE_OPTION,
                        files.certificate(),
                        "the server's certificate first, then the one that issued it, and so on; number " + (i + 1)
                                + " did not issue the one before");
            }
        }
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException byAnother) {
            return false;
        }
    }

    private static List<X509Certificate> chain(TlsFiles files, byte[] content) throws BadTlsFileException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] encoded : PemFile.of(content).labelled("CERTIFICATE")) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
            }
        } catch (CertificateException | IllegalArgumentException broken) {
            throw noCertificates(files);
        }
        if (chain.isEmpty()) {
            throw noCertificates(files);
        }
        return chain;
    }

    private static BadTlsFileException noCertificates(TlsFiles files) {
        return new BadTlsFileException(
                TlsFiles.CERTIFICATE_OPTION,
                files.certificate(),
                "PEM certificates: -----BEGIN CERTIFICATE-----, the server's own first");
    }

    /** What is wrong with its dates, if anything. */
    Optional<String> warning(Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("has expired, at " + until());
        }
        return now.isBefore(certificate.getNotBefore().toInstant())
                ? Optional.of(
                        "is not valid yet, before " + certificate.getNotBefore().toInstant())
                : Optional.empty();
    }

    Instant until() {
        return certificate.getNotAfter().toInstant();
    }

    /** Makes TLS present it from now on. */
    void presentBy(SslContextFactory tls) {
        tls.setKeyStore(store);
        tls.setKeyStorePassword(PASSWORD);
    }
}
