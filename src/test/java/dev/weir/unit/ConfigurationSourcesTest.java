package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.Configuration;
import dev.weir.config.Origin;
import dev.weir.config.Parameter;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamUrl;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigurationSourcesTest {
    private static final Parameter<Integer> HOPS = SharedParameters.MAX_HOPS;
    private static final Parameter<Integer> CONNECTIONS = RouteParameters.MAX_CONNECTIONS;

    @Test
    void whatNobodySetsIsTheDefault() {
        Configuration configuration = Given.route().read();
        assertThat(configuration.shared().get(HOPS)).isEqualTo(8);
        assertThat(configuration.shared().setting(HOPS))
                .extracting("parameter", "value", "text", "origin", "where")
                .containsExactly(HOPS, 8, "8", Origin.DEFAULT, "default");
        assertThat(configuration.routes().get(0).values().get(RouteParameters.TIMEOUT))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void theFirstSourceOfASharedParameterWins() {
        Given given = Given.route();
        assertShared(given.contextParam("weir.maxHops", "1"), 1, Origin.DESCRIPTOR, "context-param weir.maxHops");
        assertShared(given.environment("WEIR_MAX_HOPS", "2"), 2, Origin.ENVIRONMENT, "WEIR_MAX_HOPS");
        assertShared(
                given.systemProperty("weir.maxHops", "3"), 3, Origin.SYSTEM_PROPERTY, "system property weir.maxHops");
        assertShared(given.commandLine("maxHops", "4"), 4, Origin.COMMAND_LINE, "--set maxHops");
    }

    private static void assertShared(Given given, int value, Origin origin, String where) {
        assertThat(given.read().shared().setting(HOPS))
                .extracting("value", "origin", "where")
                .containsExactly(value, origin, where);
    }

    @Test
    void theFirstSourceOfARoutesParameterWins() {
        Given given = Given.route("maxConnections", "1");
        assertRoute(given, 1, Origin.DESCRIPTOR, "init-param maxConnections of servlet proxy");
        given.environment("WEIR_PROXY_MAX_CONNECTIONS", "2");
        assertRoute(given, 2, Origin.ENVIRONMENT, "WEIR_PROXY_MAX_CONNECTIONS");
        given.systemProperty("weir.proxy.maxConnections", "3");
        assertRoute(given, 3, Origin.SYSTEM_PROPERTY, "system property weir.proxy.maxConnections");
        given.commandLine("maxConnections", "4");
        assertRoute(given, 4, Origin.COMMAND_LINE, "--set maxConnections");
        given.commandLine("proxy.maxConnections", "5");
        assertRoute(given, 5, Origin.COMMAND_LINE, "--set proxy.maxConnections");
    }

    private static void assertRoute(Given given, int value, Origin origin, String where) {
        assertThat(given.read().route("proxy").orElseThrow().values().setting(CONNECTIONS))
                .extracting("value", "origin", "where")
                .containsExactly(value, origin, where);
    }

    @Test
    void aRoutesParameterOnTheCommandLineHoldsForEveryRouteAndANamedOneForOne() {
        Configuration configuration = Given.route()
                .servlet("api", "/api/*")
                .commandLine("maxConnections", "10")
                .commandLine("api.maxConnections", "20")
                .read();
        assertThat(configuration.routes())
                .extracting(route -> route.values().get(CONNECTIONS))
                .containsExactly(10, 20);
    }

    @Test
    void camelCaseBecomesWordsInAVariable() {
        Configuration configuration = Given.nothing()
                .servlet("myApi2Go", "/api/*")
                .environment("WEIR_MY_API2_GO_EXCHANGE_IDLE_TIMEOUT", "5s")
                .read();
        assertThat(configuration.routes().get(0).values().get(RouteParameters.EXCHANGE_IDLE_TIMEOUT))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anUneditedWarNeedsOnlyOneProperty() {
        Configuration configuration = Given.route()
                .systemProperty("weir.proxy.proxyTo", "http://localhost:9000")
                .read();
        assertThat(configuration.routes().get(0).values().get(RouteParameters.PROXY_TO))
                .contains(UpstreamUrl.parse("http://localhost:9000"));
        assertThat(configuration.notes()).isEmpty();
    }

    @Test
    void aRouteWithoutAnUpstreamIsNotedWithTheKeysThatWouldGiveItOne() {
        assertThat(Given.route().read().notes())
                .containsExactly("The route proxy has no proxyTo and answers 503: set the system property"
                        + " weir.proxy.proxyTo, the variable WEIR_PROXY_PROXY_TO or its init-param proxyTo.");
    }

    @Test
    void onlyTheValueThatWinsIsRead() {
        Given given = Given.route().contextParam("weir.maxHops", "many").environment("WEIR_MAX_HOPS", "9");
        assertThat(given.read().shared().get(HOPS)).isEqualTo(9);
    }

    @Test
    void otherPropertiesAndParamsAreNoneOfOurs() {
        Given given = Given.route("proxyTo", "http://h")
                .systemProperty("java.home", "x")
                .systemProperty("weird", "x")
                .contextParam("javax.faces.PROJECT_STAGE", "x")
                .environment("PATH", "x");
        assertThat(given.read().notes()).isEmpty();
    }

    @Test
    void theTextOfASettingIsAsWrittenWithoutTheWhiteSpaceAroundIt() {
        Configuration configuration =
                Given.route().contextParam("weir.drainTimeout", "\n  90s ").read();
        assertThat(configuration
                        .shared()
                        .setting(SharedParameters.DRAIN_TIMEOUT)
                        .text())
                .isEqualTo("90s");
    }

    @Test
    void aParameterOfTheOtherSetHasNoValue() {
        Configuration configuration = Given.route().read();
        assertThatThrownBy(() -> configuration.shared().get(CONNECTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value of maxConnections here");
        assertThat(configuration.route("nobody")).isEmpty();
    }
}
