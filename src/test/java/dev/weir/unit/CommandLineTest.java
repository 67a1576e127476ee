package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.boot.Options;
import dev.weir.boot.Route;
import dev.weir.config.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void nothingSaidListensOnLoopbackPort8080() {
        Options options = Options.of();
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.routes()).isEmpty();
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void routesAndSettingsAreRepeatable() {
        Options options = Options.of(
                "--route", "/a=http://one", "--route=/b/=http://two/x?", "--set", "maxHops=2", "--set=/a.timeout=a=b");
        assertThat(options.routes()).containsExactly(new Route("a", "/a", Optional.of("http://one")));
        assertThat(options.settings()).containsEntry("maxHops", "2").containsEntry("/a.timeout", "a=b");
        assertThat(options.problems()).extracting(Problem::where).containsExactly("--route /b/");
    }

    @ParameterizedTest
    @CsvSource({"/proxy,proxy", "/a/b,aB", "/,root", "/my-app_v2,myAppV2", "/2024,route2024", "/é,route"})
    void servletNamesFollowFromThePrefix(String prefix, String name) {
        assertThat(Options.of("--route", prefix + "=http://h").routes())
                .extracting(Route::servletName)
                .containsExactly(name);
    }

    @Test
    void servletNamesThatWouldBeTheSameGetANumber() {
        Options options = Options.of("--route", "/a/b=http://h", "--route", "/aB=http://h", "--route", "/AB=http://h");
        assertThat(options.routes()).extracting(Route::servletName).containsExactly("aB", "aB2", "AB3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "proxy", "proxy=http://h", "none=http://h", "/a*=http://h", "/a=", "/a=none", "/a=ftp://h"})
    void malformedRoutesAreProblems(String route) {
        Options options = Options.of("--route", route);
        assertThat(options.routes()).isEmpty();
        assertThat(options.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maxHops", "=3"})
    void malformedSettingsAreProblems(String setting) {
        assertThat(Options.of("--set", setting).problems())
                .extracting(Problem::where)
                .containsExactly("--set");
    }

    @Test
    void aSettingThatIsGivenTwiceIsAProblem() {
        assertThat(Options.of("--set", "maxHops=2", "--set", "maxHops=3").problems())
                .extracting(Problem::where)
                .containsExactly("--set maxHops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", "80a", ""})
    void portsThatAreNoneAreProblems(String port) {
        assertThat(Options.of("--port=" + port).problems())
                .extracting(Problem::where)
                .containsExactly("--port");
    }

    @Test
    void anUnknownOptionNamesTheOneThatWasMeantAndHidesItsValue() {
        List<Problem> problems =
                Options.of("--rout=/a=http://user:secret@h", "stray").problems();
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("--rout ", "\"--route\"")
                .doesNotContain("secret");
    }

    @Test
    void anOptionWithoutItsValueIsAProblem() {
        assertThat(Options.of("--port").problems()).singleElement().asString().contains("--port");
    }

    @Test
    void credentialsOfAUrlAreNotRepeated() {
        assertThat(Options.of("--route", "/a=http://user:secret@h/").problems())
                .singleElement()
                .asString()
                .doesNotContain("secret");
    }
}
