package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Parameter;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that should not be one would serve for ever: the timeout ends it. */
@Timeout(20)
class ExplainConfigTest {
    private static final List<String> NAMES = Stream.concat(
                    SharedParameters.all().stream(), RouteParameters.all().stream())
            .map(Parameter::name)
            .toList();

    @Test
    void everyParameterIsThereWithItsMeaning() {
        Run run = Run.of("--explain-config");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(NAMES)
                .contains(RouteParameters.VIA_HOST.meaning(), "Expected: a whole number from 1 to 100.");
    }

    @Test
    void autoSaysWhatItComesToOnThisMachine() {
        String out = Run.of("--explain-config", "--set", "maxClients=10").out();
        assertThat(out).contains("maxClients = 10  [--set maxClients]");
        for (String name :
                List.of("connectionBudget", "maxIdleConnections", "connectRate", "descriptorReserve", "maxInFlight")) {
            assertThat(out).containsPattern("  " + name + " = auto \\([1-9][0-9]*\\)  \\[default\\]\n");
        }
    }

    @Test
    void itFitsIntoATerminal() {
        assertThat(Run.of("--explain-config", "--demo").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    /** What has them is no valid value, but for a path; and who knows what a user takes for one. */
    @Test
    void credentialsAreNotShown() {
        Run run = Run.of("--explain-config", "--route", "/a=http://h/x/anne:secret@h");
        assertThat(run.status()).isZero();
        assertThat(run.out() + run.err())
                .contains("* proxyTo = http://***@h  [--route /a]")
                .doesNotContain("secret");
        for (String value : List.of("upstreamProxy=http://anne:secret@h:1", "upstreamProxy=socks5://anne:secret@h:1")) {
            Run refused = Run.of("--explain-config", "--set", value);
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.out() + refused.err()).doesNotContain("secret");
        }
    }

    @Test
    void eachValueSaysWhereItCameFrom() {
        Run run = Run.of(
                "--explain-config",
                "--route",
                "/a/b=http://h:1/x",
                "--route",
                "/c=http://h:2",
                "--set",
                "maxHops=3",
                "--set",
                "/a/b.timeout=5s",
                "--set",
                "trace=true");
        assertThat(run.out())
                .contains("\nRoute aB: requests below /a/b/: --set /a/b.NAME=VALUE\n")
                .contains("\n* maxHops = 3  [--set maxHops]\n      How many Weirs")
                .contains("\n* proxyTo = http://h:1/x  [--route /a/b]\n", "\n* proxyTo = http://h:2  [--route /c]\n")
                .contains("\n* timeout = 5s  [--set aB.timeout]\n", "\n  timeout = 0  [default]\n")
                .contains("\n* trace = true  [--set trace]\n");
    }

    @Test
    void aWrongConfigurationIsToldInsteadOfExplained() {
        Run run = Run.of("--explain-config", "--set", "maxHops=many");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--set maxHops: many");
    }

    @Test
    void theDemoIsExplainedWithoutStartingIt() {
        assertThat(Run.of("--explain-config", "--demo").out())
                .contains("* proxyTo = http://sample-upstream  [--demo]\n")
                .doesNotContain("503:");
    }
}
