package dev.weir.it;

import dev.weir.wire.ServerCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificates of the behaviour suite's {@code https} upstreams, and the file of those that Weir trusts. */
final class SuiteCertificates {
    private static final Path FOLDER = Places.folder(Path.of("target", "it-certificates"));

    static final ServerCertificate TRUSTED = ServerCertificate.issue(FOLDER);
    static final ServerCertificate OTHER_NAME = ServerCertificate.issue(FOLDER, "dns:other.test");
    static final ServerCertificate UNTRUSTED = ServerCertificate.issue(FOLDER);

    private SuiteCertificates() {}

    /** What {@code upstreamCa} names. */
    static Path trusted() {
        try {
            String both = Files.readString(TRUSTED.pem()) + Files.readString(OTHER_NAME.pem());
            return Files.writeString(FOLDER.resolve("trusted.pem"), both);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
