package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Origin;
import dev.weir.wire.ServerCertificate;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that should not be one would serve for ever: the timeout ends it. */
@Timeout(20)
class CheckTest {
    @Test
    void anUpstreamThatAnswersIsGood() {
        try (Origin origin = new Origin()) {
            Run run = Run.of("--check", "--route", "/a=" + origin.uri());
            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .isEqualTo("route a: /a/ leads to " + origin.uri() + ": connected to 127.0.0.1 port "
                            + origin.port() + "\n");
        }
    }

    @Test
    void eachRouteHasALineAndOneBadUpstreamMakesTheStatus2() {
        int closed;
        try (Origin gone = new Origin()) {
            closed = gone.port();
        }
        try (Origin origin = new Origin()) {
            Run run = Run.of(
                    "--check",
                    "--route",
                    "/good=" + origin.uri(),
                    "--route",
                    "/closed=http://127.0.0.1:" + closed,
                    "--route",
                    "/unknown=http://nowhere.invalid");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out())
                    .hasLineCount(3)
                    .contains("connected to", "cannot be reached: Connection refused")
                    .contains("the name nowhere.invalid does not resolve");
        }
    }

    @Test
    void aCertificateIsVerifiedAgainstTheConfiguredTrust(@TempDir Path folder) {
        ServerCertificate certificate = ServerCertificate.issue(folder);
        try (Origin origin = new Origin(certificate.context()).answerAll(request -> Origin.ok(""))) {
            String route = "/a=" + origin.uri();
            Run trusted = Run.of("--check", "--route", route, "--set", "upstreamCa=" + certificate.pem());
            assertThat(trusted.out()).contains("certificate and name verified");
            assertThat(trusted.status()).isZero();
            Run distrusted = Run.of("--check", "--route", route);
            assertThat(distrusted.out()).contains("not securely", "weir.upstreamCa");
            assertThat(distrusted.status()).isEqualTo(2);
        }
    }

    @Test
    void aCertificateForAnotherNameIsBad(@TempDir Path folder) {
        ServerCertificate certificate = ServerCertificate.issue(folder, "dns:other.test");
        try (Origin origin = new Origin(certificate.context()).answerAll(request -> Origin.ok(""))) {
            Run run = Run.of("--check", "--route", "/a=" + origin.uri(), "--set", "upstreamCa=" + certificate.pem());
            assertThat(run.out()).contains("not securely");
            assertThat(run.status()).isEqualTo(2);
        }
    }

    @Test
    void aWrongConfigurationIsNotTried() {
        Run run = Run.of("--check", "--set", "maxHops=0");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aProxyOfTheSystemIsNotFollowed() {
        Properties before = (Properties) System.getProperties().clone();
        try (Origin origin = new Origin();
                Origin proxy = new Origin()) {
            System.setProperty("socksProxyHost", "127.0.0.1");
            System.setProperty("socksProxyPort", Integer.toString(proxy.port()));
            System.setProperty("socksNonProxyHosts", ""); // else loopback is exempt
            assertThat(Run.of("--check", "--route", "/a=" + origin.uri()).status())
                    .isZero();
            assertThat(proxy.connections()).isZero();
        } finally {
            System.setProperties(before);
        }
    }

    @Test
    void behindAnUpstreamProxyOnlyTheProxyIsTried() {
        try (Origin proxy = new Origin()) {
            Run run = Run.of(
                    "--check",
                    "--route",
                    "/a=http://a.invalid",
                    "--set",
                    "upstreamProxy=http://127.0.0.1:" + proxy.port());
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("through weir.upstreamProxy", "connected to 127.0.0.1 port " + proxy.port());
        }
    }

    @Test
    void theDemoIsGood() {
        Run run = Run.of("--check", "--demo");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("route proxy: /proxy/ leads to http://127.0.0.1:");
    }
}
