package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.StartFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that should not be one would serve for ever: the timeout ends it. */
@Timeout(20)
class StartTest {
    private static final String ROUTE = "/proxy=http://127.0.0.1:9";

    @Test
    void allProblemsComeAtOnceWithStatus2AndWithoutAnybodysStackTrace() {
        Run run = Run.of(
                "--ports",
                "1",
                "--port",
                "x",
                "--route",
                "p=http://h",
                "--route",
                ROUTE,
                "--set",
                "maxHop=3",
                "--set",
                "idleTimeout=-1",
                "--set",
                "/nope.timeout=1s",
                "--set",
                "/proxy.timeouts=1s");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("7 things")
                .contains("--ports ", "Did you mean \"--port\"?")
                .contains("--port: x")
                .contains("prefix of --route: p")
                .contains("maxHop ", "\"maxHops\"")
                .contains("idleTimeout: -1")
                .contains("/nope.timeout (expected: the prefix of a route: /proxy)")
                .contains("proxy.timeouts ", "\"proxy.timeout\"")
                .doesNotContain("\tat ", "Exception", "WARN", "ERROR");
    }

    @Test
    void aStartWithoutAnyUpstreamSaysWhatToType() {
        Run run = Run.of("--port", "0");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("--route /proxy=http://localhost:9000", "--demo")
                .hasLineCount(2);
    }

    @Test
    void aPortThatIsTakenIsAFailureAtRunTime() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.of("--route", ROUTE, "--port", Integer.toString(taken.getLocalPort()));
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err())
                    .contains("port " + taken.getLocalPort(), "in use")
                    .hasLineCount(1);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsAConfigurationError() {
        Run run = Run.of("--route", ROUTE, "--host", "192.0.2.1");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--host 192.0.2.1").hasLineCount(1);
    }

    @Test
    void aFileWithoutCertificatesIsAConfigurationError(@TempDir Path folder) throws IOException {
        Path noPem = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        Run run = Run.of("--route", ROUTE, "--port", "0", "--set", "upstreamCa=" + noPem);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("upstreamCa", noPem.toString(), "PEM certificates")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,localhost",
        "127.0.0.1,127.0.0.1",
        "127.0.0.1,0.0.0.0",
        "0.0.0.0,127.0.0.1",
        "0.0.0.0,127.0.0.2",
        "localhost,127.0.0.1",
        "0.0.0.0,[::1]",
        "::,localhost",
        "::,127.0.0.1",
        "::1,[::1]",
        "::1,[0:0::1]",
        "::1,[::]"
    })
    void anUpstreamThatIsOurOwnListenerIsRefusedAtTheStart(String host, String upstream) throws IOException {
        String port = Integer.toString(freePort());
        Run run = Run.of(
                "--host",
                host,
                "--port",
                port,
                "--route",
                "/a=http://" + upstream + ":" + port + "/x",
                "--route",
                "/b=http://" + upstream + ":" + port,
                "--route",
                "/c=http://127.0.0.1:9");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("route a (/a/)", "route b (/b/)", "listens on")
                .doesNotContain("route c");
        try (ServerSocket freed = new ServerSocket(Integer.parseInt(port), 1, InetAddress.getByName(host))) {
            assertThat(freed.isBound()).isTrue();
        }
    }

    @Test
    void anUpstreamThatIsAnAddressOfOurOwnElsewhereIsRefusedByWhateverName() {
        Run run = Run.of("--port", "0", "--set", "selfAddresses=127.0.0.1:9", "--route", "/a=http://localhost:9");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("route a (/a/)", "http://localhost:9", "weir.selfAddresses");
    }

    @Test
    void anUpstreamProxyThatIsOurselvesIsRefused() throws IOException {
        int port = freePort();
        Run run = Run.of(
                "--port",
                Integer.toString(port),
                "--set",
                "upstreamProxy=socks5://localhost:" + port,
                "--route",
                ROUTE);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("weir.upstreamProxy: ", "listens on");
    }

    @Test
    void whatLocalhostMeansBehindAnUpstreamProxyIsForTheProxyToSay() throws IOException, StartFailedException {
        int port = freePort();
        Launcher.start(Options.of(
                        "--port",
                        Integer.toString(port),
                        "--set",
                        "upstreamProxy=http://127.0.0.1:9",
                        "--route",
                        "/a=http://localhost:" + port))
                .close();
    }

    @Test
    void ourOwnListenerIsListedWithAllOtherProblems() throws IOException {
        String port = Integer.toString(freePort());
        Run run = Run.of("--port", port, "--route", "/a=http://127.0.0.1:" + port, "--set", "maxHops=0");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("2 things", "maxHops: 0", "route a (/a/)", "listens on");
    }

    @Test
    void thatNoRouteHasAnUpstreamIsListedWithAllOtherProblems() {
        Run run = Run.of("--set", "maxHops=0");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("2 things", "maxHops: 0", "none has an upstream");
    }

    @Test
    void aFileWithoutCertificatesIsListedWithAllOtherProblems(@TempDir Path folder) throws IOException {
        Path noPem = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        Run run = Run.of("--route", ROUTE, "--port", "0", "--set", "upstreamCa=" + noPem, "--set", "maxHops=0");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("2 things", "maxHops: 0", noPem.toString());
    }

    @ParameterizedTest
    @CsvSource({"statusPath=/proxy,statusPath", "/proxy.prefix=/other,prefix"})
    void aPathThatCanNeverBeReachedIsAConfigurationError(String setting, String named) {
        Run run = Run.of("--route", ROUTE, "--port", "0", "--explain-config", "--set", setting);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(named, "expected: ");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Test
    void helpTeachesByExamples() {
        Run run = Run.of("--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("--route", "--port", "--host", "--set", "--demo", "--explain-config", "--check");
        assertThat(run.out()).contains("java -jar weir.war --route /proxy=http://localhost:9000");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void versionIsOneLine() {
        assertThat(Run.of("--version").out()).startsWith("weir ").hasLineCount(1);
    }
}
