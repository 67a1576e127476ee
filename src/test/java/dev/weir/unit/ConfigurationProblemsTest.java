package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationProblemsTest {
    @Test
    void allProblemsComeAtOnceEachOnALineOfItsOwn() {
        Given given = Given.route("maxConnections", "0", "maxQeued", "5")
                .contextParam("weir.maxHops", "101")
                .environment("WEIR_DRAIN_TIMEOUT", "soon")
                .systemProperty("weir.maxHop", "7")
                .commandLine("nonsense", "x");
        assertThatThrownBy(given::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join(
                        "\n",
                        "command line: nonsense (expected: the name of a parameter)",
                        "system property: weir.maxHop (expected: the name of a parameter) Did you mean"
                                + " \"weir.maxHops\"?",
                        "init-param of servlet proxy: maxQeued (expected: the name of a route's parameter) Did you mean"
                                + " \"maxQueued\"?",
                        "context-param weir.maxHops: 101 (expected: a whole number from 1 to 100)",
                        "WEIR_DRAIN_TIMEOUT: soon (expected: a duration from 0 to 1h, such as 250ms, 10s, 5m, 1h or"
                                + " plain milliseconds)",
                        "init-param maxConnections of servlet proxy: 0 (expected: a whole number from 1 to 65536)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weir.maxConections          | the name of a parameter",
                "weir.proxyTo                | weir.SERVLET.proxyTo with one of our servlets: proxy",
                "weir.nobody.proxyTo         | weir.SERVLET.proxyTo with one of our servlets: proxy",
                "weir.proxy.maxHops          | weir.maxHops, for it is shared by all routes",
                "weir.upstreamCert           | a parameter of this version, which does not have upstreamCert yet",
                "weir.                       | the name of a parameter",
            })
    void anUnknownSystemPropertyIsAProblem(String name, String expected) {
        assertThat(Given.route().systemProperty(name, "hunter2").problems())
                .singleElement()
                .asString()
                .startsWith("system property: " + name + " (expected: " + expected + ")")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy.maxConections | the name of a parameter) Did you mean \"proxy.maxConnections\"?",
                "MaxHops             | the name of a parameter) Did you mean \"maxHops\"?",
                "proxi.proxyTo       | SERVLET.proxyTo with one of our servlets: proxy) Did you mean \"proxy.proxyTo\"?",
                "proxy.maxHops       | maxHops, for it is shared by all routes)",
                "weir.maxHops        | maxHops, for it is shared by all routes)",
                "upstreamCert        | a parameter of this version, which does not have upstreamCert yet)",
            })
    void anUnknownNameOnTheCommandLineIsAProblem(String name, String rest) {
        assertThat(Given.route().commandLine(name, "1").problems())
                .containsExactly("command line: " + name + " (expected: " + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weir.idleTimeOuts   | the name of a parameter) Did you mean \"weir.idleTimeout\"?",
                "weir.proxyTo        | an init-param proxyTo of a servlet, for it is a route's)",
                "weir.proxy.proxyTo  | an init-param proxyTo of a servlet, for it is a route's)",
                "weir.upstreamCert   | a parameter of this version, which does not have upstreamCert yet)",
            })
    void anUnknownContextParamIsAProblem(String name, String rest) {
        assertThat(Given.route().contextParam(name, "1").problems())
                .containsExactly("context-param: " + name + " (expected: " + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxyT        | the name of a route's parameter) Did you mean \"proxyTo\"?",
                "colour        | the name of a route's parameter)",
                "maxHops       | context-param weir.maxHops, for it is shared by all routes)",
            })
    void anUnknownInitParamIsAProblem(String name, String rest) {
        assertThat(Given.route(name, "1").problems())
                .containsExactly("init-param of servlet proxy: " + name + " (expected: " + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WEIR_MAX_HOP           | names no parameter and is ignored. Did you mean \"WEIR_MAX_HOPS\"?",
                "WEIR_PROXY_PROXYTO     | names no parameter and is ignored. Did you mean \"WEIR_PROXY_PROXY_TO\"?",
                "WEIR_SOMETHING_ELSE    | names no parameter and is ignored.",
                "WEIR_UPSTREAM_CERT     | is not in force in this version and is ignored. Did you mean \"WEIR_UPSTREAM_CA\"?",
                "WEIR_PORTAL            | names no parameter and is ignored.",
            })
    void anUnknownVariableIsANote(String name, String rest) {
        assertThat(Given.route("proxyTo", "http://h")
                        .environment(name, "hunter2")
                        .read()
                        .notes())
                .containsExactly("The variable " + name + " " + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEIR_PORT",
                "WEIR_SERVICE_HOST",
                "WEIR_SERVICE_PORT",
                "WEIR_SERVICE_PORT_HTTP",
                "WEIR_PORT_8080_TCP",
                "WEIR_PORT_8080_TCP_ADDR"
            })
    void aVariableThatKubernetesSetsIsIgnored(String name) {
        assertThat(Given.route("proxyTo", "http://h")
                        .environment(name, "tcp://10.0.0.1:8080")
                        .read()
                        .notes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void aBlankValueIsABadOneAndNotTheDefault(String blank) {
        assertThat(Given.route("proxyTo", blank)
                        .environment("WEIR_MAX_HOPS", blank)
                        .problems())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("init-param proxyTo of servlet proxy: \"\" (expected: http"))
                .contains("WEIR_MAX_HOPS: \"\" (expected: a whole number from 1 to 100)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:hunter2@h/",
                "https://hunter2@h",
                "user:hunter2@h",
                "http://u:hun/ter2@hunter2@h/",
                "http:/u:hunter2@h",
                "ftp://hunter2:@h",
                "http://u:hunter2\n@h",
                "//hunter2@h",
                "http://u:hunter2%40h/",
                "http ://hunter2@h"
            })
    void aPasswordIsNeverShown(String url) {
        Given given = Given.route("proxyTo", url, "targetUri", "http://hunter2@h", "whiteList", "hunter2@h:80");
        assertThat(given.problems()).isNotEmpty().noneMatch(line -> line.matches("(?s).*(hunter2|hun/|ter2).*"));
    }

    @Test
    void aBadUrlIsStillShownWithoutItsUserInfo() {
        assertThat(Given.route("proxyTo", "http://user:hunter2@h:80/x").problems())
                .containsExactly("init-param proxyTo of servlet proxy: http://***@h:80/x (expected:"
                        + " http://HOST:PORT/PATH (or https, h2c, h2), without user info)");
    }

    @Test
    void aValueStaysOnItsLineAndIsNotLongerThanALine() {
        Given given = Given.route("viaHost", "a\r\nfake: problem").contextParam("weir.maxHops", "9".repeat(5000));
        assertThat(given.problems())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r").hasSizeLessThan(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-proxy", "1st", "", "a.b", "proxy ", "a_b", "é"})
    void aServletNameIsLettersAndDigits(String name) {
        assertThat(Given.nothing().servlet(name, "/a/*").problems())
                .anyMatch(line -> line.startsWith("servlet name: ")
                        && line.endsWith(" (expected: letters and digits, a letter first)"));
    }

    @ParameterizedTest
    @CsvSource({
        "proxy, Proxy, WEIR_PROXY_PROXY_TO",
        "myApi, myAPI, WEIR_MY_API_PROXY_TO",
        "proxyResponse, proxy, WEIR_PROXY_RESPONSE_TIMEOUT",
    })
    void servletsWhoseVariablesAreTheSameAreAProblem(String one, String other, String variable) {
        assertThat(Given.nothing().servlet(one, "/a/*").servlet(other, "/b/*").problems())
                .singleElement()
                .asString()
                .startsWith("names of servlet " + one + " and servlet " + other + ": " + variable
                        + " (expected: names that differ as environment variables");
    }

    @Test
    void aServletWhoseVariableIsASharedOneIsAProblem() {
        assertThat(Given.nothing().servlet("connect", "/a/*").problems())
                .singleElement()
                .asString()
                .startsWith("names of the shared parameters and servlet connect: WEIR_CONNECT_TIMEOUT (expected: ");
    }

    @Test
    void aProblemIsToldOnce() {
        assertThat(Given.route("http.read.timeout", "x").problems()).doesNotHaveDuplicates();
    }
}
