package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.RouteConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteRulesTest {
    @ParameterizedTest
    @CsvSource({"/proxy/*, /proxy", "/a/b/*, /a/b", "/*, ''", "/, ''"})
    void thePrefixFollowsFromTheMapping(String mapping, String prefix) {
        assertThat(Given.nothing().servlet("proxy", mapping).read().routes())
                .singleElement()
                .extracting(RouteConfiguration::servletName, RouteConfiguration::mappings, RouteConfiguration::prefix)
                .containsExactly("proxy", List.of(mapping), prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.do", "/exact", ""})
    void anotherMappingNeedsAPrefixOfItsOwn(String mapping) {
        assertThat(Given.nothing().servlet("proxy", mapping).problems())
                .containsExactly("mapping of servlet proxy: " + (mapping.isEmpty() ? "\"\"" : mapping)
                        + " (expected: a mapping that ends in /*, or a prefix of its own)");
        assertThat(Given.nothing()
                        .servlet("proxy", mapping, "prefix", "/a/")
                        .read()
                        .routes())
                .extracting(RouteConfiguration::prefix)
                .containsExactly("/a");
    }

    @Test
    void noMappingGivesNoPrefix() {
        assertThat(Given.nothing().servlet("proxy", Given.OURS, List.of()).problems())
                .containsExactly(
                        "mapping of servlet proxy: \"\" (expected: a mapping that ends in /*, or a prefix of its own)");
    }

    @Test
    void mappingsThatStandForDifferentPrefixesNeedOneOfTheirOwn() {
        List<String> mappings = List.of("/a/*", "/b/*");
        assertThat(Given.nothing().servlet("proxy", Given.OURS, mappings).problems())
                .containsExactly("mapping of servlet proxy: /a/*, /b/* (expected: one mapping, or a prefix for all of"
                        + " them)");
        assertThat(Given.nothing()
                        .servlet("proxy", Given.OURS, mappings, "prefix", "/")
                        .read()
                        .routes())
                .extracting(RouteConfiguration::prefix)
                .containsExactly("");
        assertThat(Given.nothing()
                        .servlet("proxy", Given.OURS, List.of("/", "/*"))
                        .problems())
                .isEmpty();
    }

    @Test
    void theParameterWinsOverTheMapping() {
        assertThat(Given.route("prefix", "/proxy/v1").read().routes())
                .extracting(RouteConfiguration::prefix)
                .containsExactly("/proxy/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/proxyx", "/pro"})
    void aPrefixThatNoRequestOfTheMappingCanStartWithIsAProblem(String prefix) {
        assertThat(Given.route("prefix", prefix).problems())
                .containsExactly("init-param prefix of servlet proxy: " + prefix
                        + " (expected: a part of the mapping /proxy/* of servlet proxy, or a path below it)");
    }

    @Test
    void aStatusPathThatIsARoutesIsAProblem() {
        assertThat(Given.route().contextParam("weir.statusPath", "/proxy").problems())
                .containsExactly(
                        "context-param weir.statusPath: /proxy (expected: another path than that of the route proxy)");
        assertThat(Given.route()
                        .contextParam("weir.statusPath", "/proxy/status")
                        .problems())
                .isEmpty();
    }

    @Test
    void twoRoutesWithOnePrefixAreAProblem() {
        assertThat(Given.route()
                        .servlet("api", "/proxy/v1/*", "prefix", "/proxy/")
                        .problems())
                .containsExactly(
                        "prefix of routes proxy and api: /proxy (expected: a prefix of its own for each route)");
        assertThat(Given.route().servlet("api", "/proxy/api/*").problems()).isEmpty();
    }

    @Test
    void routesToOneDestinationAgreeOnItsBounds() {
        Given given = Given.nothing()
                .servlet("a", "/a/*", "proxyTo", "http://H/x", "maxConnections", "10", "maxQueued", "1")
                .servlet("b", "/b/*", "proxyTo", "http://h:80/y", "maxConnections", "20", "maxQueued", "2");
        assertThat(given.problems())
                .containsExactly(
                        "maxConnections of routes a and b: 10 and 20 (expected: one value, for both lead to"
                                + " http://h:80)",
                        "maxQueued of routes a and b: 1 and 2 (expected: one value, for both lead to http://h:80)");
    }

    @Test
    void routesToDifferentDestinationsNeedNotAgree() {
        Given given = Given.nothing()
                .servlet("a", "/a/*", "proxyTo", "http://h", "maxConnections", "10")
                .servlet("b", "/b/*", "proxyTo", "https://h", "maxConnections", "20")
                .servlet("c", "/c/*", "proxyTo", "http://h:8080", "maxConnections", "30")
                .servlet("d", "/d/*", "maxConnections", "40")
                .servlet("e", "/e/*", "maxConnections", "50");
        assertThat(given.problems()).isEmpty();
    }

    @Test
    void aBadValueOfOneRouteDoesNotHideWhatIsBetweenTheOthers() {
        Given given = Given.nothing()
                .servlet("a", "/a/*", "proxyTo", "http://h", "maxQueued", "x")
                .servlet("b", "/b/*", "proxyTo", "http://h", "maxQueued", "1")
                .servlet("c", "/c/*", "proxyTo", "http://h", "maxQueued", "2", "prefix", "c");
        assertThat(given.problems())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("init-param maxQueued of servlet a: x "))
                .anyMatch(line -> line.startsWith("init-param prefix of servlet c: c "))
                .anyMatch(line -> line.startsWith("maxQueued of routes b and c: 1 and 2 "));
    }

    @Test
    void aRouteThatMayLeadNowhereIsANote() {
        assertThat(Given.route("proxyTo", "{scheme}://{authority}").read().notes())
                .containsExactly(
                        "The route proxy answers 403 to everything: its proxyTo has placeholders, and its allow"
                                + " lists no destination.");
        assertThat(Given.route("proxyTo", "{scheme}://{authority}", "allow", "a.test")
                        .read()
                        .notes())
                .isEmpty();
    }

    @Test
    void allowMeansNothingWhereTheDestinationIsFixed() {
        assertThat(Given.route("proxyTo", "http://a.test", "allow", "b.test")
                        .read()
                        .notes())
                .containsExactly("The route proxy has allow or deny, which mean nothing there: its proxyTo has no"
                        + " placeholders.");
    }

    @Test
    void nobodyElseResolvesTheNamesThatClientsChoose() {
        assertThat(Given.route("proxyTo", "{scheme}://{authority}", "allow", "*")
                        .contextParam("weir.upstreamProxy", "http://proxy:3128")
                        .problems())
                .singleElement()
                .asString()
                .startsWith(
                        "context-param weir.upstreamProxy: http://proxy:3128 (expected: none, for proxyTo of route proxy");
    }

    @Test
    void noServerThatAClientChoosesIsSentAProxyHeader() {
        assertThat(Given.route("proxyTo", "{scheme}://{authority}", "allow", "*", "proxyProtocol", "v1")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("init-param proxyProtocol of servlet proxy: v1 (expected: none, for its proxyTo");
    }

    @Test
    void listsOfAnotherProxyAreRefusedWhereTheDestinationIsNotFixed() {
        assertThat(Given.route("proxyTo", "{scheme}://{authority}", "allow", "*", "whiteList", "a:80")
                        .problems())
                .singleElement()
                .asString()
                .contains("allow and deny instead");
    }
}
