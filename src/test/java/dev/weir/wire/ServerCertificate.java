package dev.weir.wire;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A fresh self-signed certificate for an {@link Origin} that speaks TLS: its own authority. */
public final class ServerCertificate {
    private static final String PASSWORD = "changeit";

    private final KeyStore keys;
    private final Path pem;
    private final Path key;

    private ServerCertificate(KeyStore keys, Path pem, Path key) {
        this.keys = keys;
        this.pem = pem;
        this.key = key;
    }

    /** Issues one for 127.0.0.1 and localhost; its files go into an existing folder. */
    public static ServerCertificate issue(Path folder) {
        return issue(folder, "ip:127.0.0.1,dns:localhost");
    }

    /** Issues one for 127.0.0.1 that was valid until a while ago. */
    public static ServerCertificate expired(Path folder) {
        return issue(folder, "ip:127.0.0.1", "-startdate", "-3d");
    }

    /** Issues one for 127.0.0.1 that is valid for so many days and not, like the others, for two. */
    public static ServerCertificate lasting(Path folder, int days) {
        return issue(folder, "ip:127.0.0.1", "-validity", Integer.toString(days));
    }

    /** Issues one for the given subject alternative names, such as {@code dns:other.test}. */
    public static ServerCertificate issue(Path folder, String names) {
        return issue(folder, names, new String[0]);
    }

    private static ServerCertificate issue(Path folder, String names, String... further) {
        try {
            Path store = Files.createTempFile(folder, "server", ".p12");
            Files.delete(store);
            generate(store, names, further);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
            return new ServerCertificate(
                    keys,
                    writePem(
                            Path.of(store + ".pem"),
                            "CERTIFICATE",
                            keys.getCertificate("server").getEncoded()),
                    writePem(Path.of(store + ".key"), "PRIVATE KEY", key));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for " + names, e);
        }
    }

    private static void generate(Path store, String names, String... further) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=upstream",
                "-ext",
                "san=" + names,
                "-ext",
                "bc:c",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(further));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!Files.exists(store)) {
            throw new IOException(output);
        }
    }

    private static Path writePem(Path file, String label, byte[] bytes) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    /** Its private key as a PEM file, in PKCS#8 form. */
    public Path key() {
        return key;
    }

    /** Its serial number, by which it is known again. */
    public BigInteger serial() {
        try {
            return ((X509Certificate) keys.getCertificate("server")).getSerialNumber();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate as a PEM file: what one who is to trust it needs. */
    public Path pem() {
        return pem;
    }

    /** Presents this certificate, and trusts nothing but it. */
    public SSLContext context() {
        try {
            KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            identity.init(keys, PASSWORD.toCharArray());
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            authorities.setCertificateEntry("server", keys.getCertificate("server"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
