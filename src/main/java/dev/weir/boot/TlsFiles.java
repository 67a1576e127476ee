package dev.weir.boot;

import dev.weir.config.Problem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The PEM files of {@code --tls-cert} and {@code --tls-key}; both may be the same.
 *
 * @param certificate the server's certificate, and behind it those that vouch for it
 * @param key the certificate's private key
 */
record TlsFiles(Path certificate, Path key) {
    static final String CERTIFICATE_OPTION = "--tls-cert";
    static final String KEY_OPTION = "--tls-key";

    /** What both files held at one moment. */
    record Content(byte[] certificate, byte[] key) {
        boolean isSame(Content other) {
            return other != null && Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
        }
    }

    /** What the two options say: nothing where neither is given, and a problem where only one is. */
    static Optional<TlsFiles> of(String certificate, String key, List<Problem> problems) {
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            String missing = certificate == null ? CERTIFICATE_OPTION : KEY_OPTION;
            String given = certificate == null ? KEY_OPTION : CERTIFICATE_OPTION;
            problems.add(new Problem(
                    given, given + " alone", missing + " FILE beside it: both are needed", Optional.empty()));
            return Optional.empty();
        }
        try {
            return Optional.of(new TlsFiles(Path.of(certificate), Path.of(key)));
        } catch (InvalidPathException name) {
            problems.add(new Problem(
                    CERTIFICATE_OPTION + ", " + KEY_OPTION,
                    name.getInput(),
                    "a name that the JVM can read; LC_ALL=C.UTF-8 helps",
                    Optional.empty()));
            return Optional.empty();
        }
    }

    /**
     * Reads both.
     *
     * @throws BadTlsFileException where one of them is not readable
     */
    Content read() throws BadTlsFileException {
        return new Content(
                read(CERTIFICATE_OPTION, certificate, "a PEM file with the server's certificate"),
                read(KEY_OPTION, key, "a PEM file with its private key"));
    }

    private static byte[] read(String option, Path file, String what) throws BadTlsFileException {
        try {
            return PemFile.read(file);
        } catch (IOException unreadable) {
            throw new BadTlsFileException(option, file, "the path of a readable file: " + what);
        }
    }
}
