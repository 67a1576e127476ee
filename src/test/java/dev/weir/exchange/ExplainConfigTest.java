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
        assertThat(run.out()).contains(NAMES).contains(RouteParameters.VIA_HOST.meaning());
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
                .containsPattern("Route aB: requests below /a/b/\n")
                .containsPattern("maxHops +3 +--set maxHops +How many")
                .containsPattern("proxyTo +http://h:1/x +--route /a/b +The upstream")
                .containsPattern("proxyTo +http://h:2 +--route /c +The upstream")
                .containsPattern("timeout +5s +--set aB.timeout +How long")
                .containsPattern("timeout +0 +default +How long")
                .containsPattern("trace +true +--set trace +TRACE");
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
                .containsPattern("proxyTo +http://sample-upstream +--demo ")
                .doesNotContain("503:");
    }
}
