package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Http2Origin;
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
                    .containsPattern(
                            "route a: /a/ leads to " + origin.uri() + "\n    good: connected to 127.0.0.1 port "
                                    + origin.port() + " in [0-9]+ ms\nresult: good");
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
                    .contains("good: connected to", "problem: 127.0.0.1 port " + closed + " cannot be reached:")
                    .contains("problem: the name nowhere.invalid does not resolve")
                    .contains("\nresult: 2 problems");
        }
    }

    @Test
    void aCertificateIsVerifiedAgainstTheConfiguredTrust(@TempDir Path folder) {
        ServerCertificate certificate = ServerCertificate.issue(folder);
        try (Origin origin = new Origin(certificate.context()).answerAll(request -> Origin.ok(""))) {
            String route = "/a=" + origin.uri();
            Run trusted = Run.of("--check", "--route", route, "--set", "upstreamCa=" + certificate.pem());
            // The test's certificate is for two days.
            assertThat(trusted.out())
                    .containsPattern("warning: connected to .* in [0-9]+ ms, secured in [0-9]+ ms \\(TLSv1\\.[23]\\),"
                            + " certificate and name verified: CN=upstream, 1 day left: renew it before 20");
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
        assertThat(run.out()).contains("\nroute proxy: /proxy/ leads to http://127.0.0.1:");
    }

    @Test
    void http2IsAgreedOnByAlpnOrAProblem(@TempDir Path folder) {
        ServerCertificate certificate = ServerCertificate.issue(folder);
        String trust = "upstreamCa=" + certificate.pem();
        try (Http2Origin http2 = Http2Origin.secure(certificate.context());
                Origin http1 = new Origin(certificate.context()).answerAll(request -> Origin.ok(""))) {
            Run agrees = Run.of("--check", "--route", "/a=" + http2.uri(), "--set", trust);
            assertThat(agrees.out()).containsPattern("\\(TLSv1\\.[23], h2\\), certificate and name verified");
            assertThat(agrees.status()).isZero();
            Run not = Run.of("--check", "--route", "/a=h2://127.0.0.1:" + http1.port(), "--set", trust);
            assertThat(not.out()).contains("problem: connected to", "does not agree on HTTP/2 (ALPN h2)");
            assertThat(not.status()).isEqualTo(2);
        }
    }

    @Test
    void aCertificateWithTimeLeftIsGood(@TempDir Path folder) {
        ServerCertificate certificate = ServerCertificate.lasting(folder, 90);
        try (Origin origin = new Origin(certificate.context()).answerAll(request -> Origin.ok(""))) {
            Run run = Run.of("--check", "--route", "/a=" + origin.uri(), "--set", "upstreamCa=" + certificate.pem());
            assertThat(run.out()).contains("good: connected to", "CN=upstream, 89 days left\n");
        }
    }

    @Test
    void anUpstreamThatDoesNotSpeakTlsInTimeIsTold() {
        try (Origin silent = new Origin()) {
            Run run = Run.of(
                    "--check",
                    "--route",
                    "/a=https://127.0.0.1:" + silent.port(),
                    "--set",
                    "tlsHandshakeTimeout=300ms");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out()).contains("but not secured within 300 ms (weir.tlsHandshakeTimeout)");
        }
    }

    @Test
    void aWayBackToOurselvesIsAProblemAndTheOthersAreTriedAllTheSame() {
        int free;
        try (Origin gone = new Origin()) {
            free = gone.port();
        }
        try (Origin origin = new Origin()) {
            Run run = Run.of(
                    "--check",
                    "--port",
                    Integer.toString(free),
                    "--route",
                    "/literal=http://127.0.0.1:" + free,
                    "--route",
                    "/name=http://localhost:" + free + "/literal",
                    "--route",
                    "/looked-up=http://127.1:" + free,
                    "--route",
                    "/good=" + origin.uri());
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out())
                    .contains(
                            "problem: proxyTo of route literal (/literal/)", "problem: proxyTo of route name (/name/)")
                    .contains("problem: proxyTo of route lookedUp (/looked-up/)", "Weir itself listens on")
                    .contains("good: connected to 127.0.0.1 port " + origin.port());
        }
    }

    @Test
    void theDescriptorsAreSplitAndWhatIsSetSaysWhatItNeeds() {
        Run run = Run.of("--check", "--demo", "--set", "maxClients=20", "--set", "connectionBudget=10");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern(
                        "\n    warning: the limit of the process is [0-9]+ \\(ulimit -n\\): with [0-9]+ open now"
                                + " and [0-9]+ in reserve it is enough for 10 upstream sockets and 20 clients, which is few\n")
                .containsPattern("\n    good: what is set needs a limit of at least [0-9]+, for .* 10 upstream sockets"
                        + " \\(weir.connectionBudget\\) and 20 clients");
    }

    @Test
    void tooFewDescriptorsAreAProblemBesideTheOthers() {
        Run run = Run.of(
                "--check", "--route", "/a=http://nowhere.invalid", "--set", "maxClients=1000000", "--set", "maxHops=9");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out())
                .contains("problem: descriptor limit of the process (ulimit -n): ", "and 1000000 clients")
                .contains("problem: the name nowhere.invalid does not resolve", "result: 2 problems");
    }

    @Test
    void proxiesOfTheSystemAreNamedWithoutTheirValues() {
        Properties before = (Properties) System.getProperties().clone();
        try {
            System.setProperty("http.proxyHost", "secret.example.org");
            Run run = Run.of("--check", "--demo");
            assertThat(run.out())
                    .contains("warning: Proxy settings of the system are never followed", "-Dhttp.proxyHost")
                    .doesNotContain("secret");
            assertThat(run.status()).isZero();
        } finally {
            System.setProperties(before);
        }
    }
}
