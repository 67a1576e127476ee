package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.RunningLauncher;
import dev.weir.boot.StartFailedException;
import dev.weir.wire.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that should not be one would serve for ever: the timeout ends it. */
@Timeout(20)
class TlsFilesTest {
    @TempDir
    private static Path folder;

    private static ServerCertificate one;
    private static ServerCertificate other;

    @BeforeAll
    static void issue() {
        one = ServerCertificate.issue(folder);
        other = ServerCertificate.issue(folder);
    }

    private static String[] options(String... tls) {
        String[] all = new String[tls.length + 4];
        System.arraycopy(tls, 0, all, 4, tls.length);
        all[0] = "--port";
        all[1] = "0";
        all[2] = "--route";
        all[3] = "/a=http://127.0.0.1:9";
        return all;
    }

    private static String refused(Object certificate, Object key) {
        Run run = Run.of(options("--tls-cert", certificate.toString(), "--tls-key", key.toString()));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
        return run.err();
    }

    private static Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "file", ".pem"), content);
    }

    private static String relabelled(String label) throws IOException {
        return Files.readString(one.key()).replace("PRIVATE KEY", label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tls-cert", "--tls-key"})
    void oneOptionNeedsTheOther(String given) {
        Run run = Run.of(options(given, one.pem().toString()));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--tls-cert", "--tls-key", "both are needed");
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        assertThat(refused(folder.resolve("none"), one.key())).contains("--tls-cert: " + folder.resolve("none"));
        assertThat(refused(one.pem(), folder.resolve("none"))).contains("--tls-key: " + folder.resolve("none"));
    }

    @Test
    void filesThatHoldSomethingElseAreRefused() throws IOException {
        Path text = file("no PEM");
        assertThat(refused(text, one.key())).contains("--tls-cert: " + text, "BEGIN CERTIFICATE");
        assertThat(refused(one.pem(), text)).contains("--tls-key: " + text, "BEGIN PRIVATE KEY");
        Path broken = file(Files.readString(one.pem()).replaceFirst("\nMII.{20}", "\n"));
        assertThat(refused(broken, one.key())).contains("--tls-cert: " + broken);
        Path brokenKey = file(Files.readString(one.key()).replaceFirst("\n.{12}", "\n"));
        assertThat(refused(one.pem(), brokenKey)).contains("--tls-key: " + brokenKey, "that is whole");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
    void aKeyInAnotherFormIsRefusedWithTheCommandThatConvertsIt(String label) throws IOException {
        Path old = file(relabelled(label));
        assertThat(refused(one.pem(), old)).contains("openssl pkcs8 -topk8 -nocrypt -in " + old);
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertThat(refused(one.pem(), other.key()))
                .contains("does not match", one.pem().toString());
    }

    @Test
    void certificatesThatAreNoChainAreRefused() throws IOException {
        Path two = file(Files.readString(one.pem()) + Files.readString(other.pem()));
        assertThat(refused(two, one.key())).contains("--tls-cert: " + two, "the one that issued it");
    }

    @Test
    void allProblemsComeAtOnce() {
        Run run = Run.of(options("--tls-cert", "/none", "--tls-key", "/none", "--set", "maxHops=0"));
        assertThat(run.err()).contains("2 things", "maxHops: 0", "--tls-cert: /none");
    }

    @Test
    void oneFileMayHoldBothWithTextBetween() throws IOException, StartFailedException {
        String both = "# text\n" + Files.readString(one.key()) + "subject=CN\n" + Files.readString(one.pem());
        String file = file(both).toString();
        try (RunningLauncher running = Launcher.start(Options.of(options("--tls-cert", file, "--tls-key", file)))) {
            assertThat(running.uri().getScheme()).isEqualTo("https");
        }
    }

    @Test
    void aCertificateThatHasExpiredIsAWarning() throws IOException {
        ServerCertificate expired = ServerCertificate.expired(folder);
        try (LaunchedProcess weir = LaunchedProcess.start(
                "--route",
                "/a=http://127.0.0.1:9",
                "--tls-cert",
                expired.pem().toString(),
                "--tls-key",
                expired.key().toString())) {
            assertThat(weir.uri().getScheme()).isEqualTo("https");
            assertThat(weir.err()).contains("WARNING The certificate of " + expired.pem() + " has expired");
        }
    }
}
