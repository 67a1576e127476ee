package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Configuration;
import dev.weir.config.Parameter;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamUrl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors that were written for Jetty's ProxyServlet family or for smiley's HTTP-Proxy-Servlet. */
class ForeignNamesTest {
    static Stream<Arguments> translations() {
        return Stream.of(
                Arguments.of(
                        "targetUri",
                        "http://h:9",
                        RouteParameters.PROXY_TO,
                        Optional.of(UpstreamUrl.parse("http://h:9"))),
                Arguments.of("forwardip", "false", RouteParameters.FORWARDED, false),
                Arguments.of("proxyPassReverse", "false", RouteParameters.REWRITE, false),
                Arguments.of("http.read.timeout", "2000", RouteParameters.RESPONSE_TIMEOUT, Duration.ofSeconds(2)),
                Arguments.of("http.read.timeout", "2000", RouteParameters.EXCHANGE_IDLE_TIMEOUT, Duration.ofSeconds(2)),
                Arguments.of("http.maxConnections", "7", RouteParameters.MAX_CONNECTIONS, 7));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void isTranslatedAndSaysSo(String name, String text, Parameter<?> ours, Object value) {
        Configuration configuration = Given.route(name, text).read();
        assertThat(configuration.routes().get(0).values().setting(ours))
                .extracting("value", "where")
                .containsExactly(value, "init-param " + name + " of servlet proxy");
        assertThat(configuration.notes())
                .contains("init-param " + name + " of servlet proxy: translated into " + ours + ".");
    }

    @ParameterizedTest
    @MethodSource("translations")
    void givesWayToTheOtherSourcesLikeAnyInitParam(String name, String text, Parameter<?> ours) {
        Configuration configuration = Given.route(name, text)
                .systemProperty("weir.proxy." + ours, ours.defaultText())
                .read();
        assertThat(configuration.routes().get(0).values().setting(ours).where())
                .isEqualTo("system property weir.proxy." + ours);
    }

    @Test
    void ourNameBesideAnotherForTheSameThingWins() {
        Configuration configuration = Given.route("proxyTo", "http://ours", "targetUri", "http://theirs")
                .read();
        assertThat(configuration.routes().get(0).values().get(RouteParameters.PROXY_TO))
                .contains(UpstreamUrl.parse("http://ours"));
        assertThat(configuration.notes())
                .containsExactly("init-param targetUri of servlet proxy: ignored, for proxyTo is set beside it.");
    }

    @ParameterizedTest
    @CsvSource({"http.read.timeout, 0", "http.maxConnections, 0", "targetUri, http://{host}/", "forwardip, yes"})
    void aBadValueIsAProblemUnderItsOwnName(String name, String text) {
        assertThat(Given.route(name, text).problems())
                .singleElement()
                .asString()
                .startsWith("init-param " + name + " of servlet proxy: " + text + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.socket.timeout", "http.read.timeout", "http.maxConnections"})
    void minusOneKeepsTheDefault(String name) {
        Configuration configuration =
                Given.route("proxyTo", "http://h", name, "-1").read();
        assertThat(configuration.notes())
                .containsExactly("init-param " + name + " of servlet proxy: ignored, for -1 keeps the default.");
        assertThat(configuration.routes().get(0).values().get(RouteParameters.MAX_CONNECTIONS))
                .isEqualTo(256);
        assertThat(configuration.shared().get(SharedParameters.CONNECT_TIMEOUT)).hasSeconds(10);
    }

    @Test
    void theSocketTimeoutIsTheConnectTimeoutOfAllRoutes() {
        Configuration configuration = Given.route("proxyTo", "http://h", "http.socket.timeout", "3000")
                .servlet("b", "/b/*", "proxyTo", "http://h", "http.socket.timeout", "3000")
                .read();
        assertThat(configuration.shared().setting(SharedParameters.CONNECT_TIMEOUT))
                .extracting("value", "where")
                .containsExactly(Duration.ofSeconds(3), "init-param http.socket.timeout of servlet proxy");
        assertThat(configuration.notes())
                .containsExactly(
                        "init-param http.socket.timeout of servlet proxy: translated into connectTimeout, for all"
                                + " routes.",
                        "init-param http.socket.timeout of servlet b: translated into connectTimeout, for all routes.");
    }

    @Test
    void servletsThatDisagreeOnTheSocketTimeoutAreAProblem() {
        Given given = Given.route("http.socket.timeout", "3000").servlet("b", "/b/*", "http.socket.timeout", "4000");
        assertThat(given.problems())
                .containsExactly("init-param http.socket.timeout of servlet b: 4000 (expected: as init-param"
                        + " http.socket.timeout of servlet proxy, 3000; or context-param weir.connectTimeout)");
    }

    @Test
    void theSocketTimeoutIsIgnoredWhereTheConnectTimeoutIsSet() {
        Configuration configuration = Given.route("proxyTo", "http://h", "http.socket.timeout", "3000")
                .servlet("b", "/b/*", "proxyTo", "http://h", "http.socket.timeout", "4000")
                .environment("WEIR_CONNECT_TIMEOUT", "5s")
                .read();
        assertThat(configuration.shared().get(SharedParameters.CONNECT_TIMEOUT)).hasSeconds(5);
        assertThat(configuration.notes())
                .containsExactly(
                        "init-param http.socket.timeout of servlet proxy: ignored, for connectTimeout is set by"
                                + " WEIR_CONNECT_TIMEOUT.",
                        "init-param http.socket.timeout of servlet b: ignored, for connectTimeout is set by"
                                + " WEIR_CONNECT_TIMEOUT.");
    }

    @ParameterizedTest
    @CsvSource({
        "maxThreads, -",
        "selectors, 2",
        "log, true",
        "http.connectionrequest.timeout, 500",
        "preserveCookies, true",
        "preserveCookies, false",
        "preserveCookiePath, false",
        "handleCompression, false",
        "http.protocol.handle-redirects, False",
        "useSystemProperties, false",
    })
    void isIgnoredAndSaysWhy(String name, String text) {
        assertThat(Given.route("proxyTo", "http://h", name, text).read().notes())
                .singleElement()
                .asString()
                .startsWith("init-param " + name + " of servlet proxy: ignored, for ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "preserveCookiePath             | true     | false, or rewrite=false instead",
                "handleCompression              | true     | false: bodies pass as they came",
                "http.protocol.handle-redirects | true     | false: redirects go to the client",
                "useSystemProperties            | true     | false: no system proxy is ever followed",
                "stickySessions                 | false    | proxyTo with one upstream instead: a route has no balancer",
                "balancerMember.one.proxyTo     | http://h | proxyTo with one upstream instead: a route has no balancer",
            })
    void isRefusedWithWhatToWriteInstead(String name, String text, String expected) {
        assertThat(Given.route(name, text).problems())
                .containsExactly("init-param " + name + " of servlet proxy: " + text + " (expected: " + expected + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "idleTimeout",
                "requestBufferSize",
                "responseBufferSize",
                "maxRequestHeadersSize",
                "maxResponseHeadersSize"
            })
    void whatIsSharedHereIsRefusedOnAServletWithItsContextParam(String name) {
        assertThat(Given.route(name, "16384").problems())
                .containsExactly("init-param of servlet proxy: " + name + " (expected: context-param weir." + name
                        + ", for it is shared by all routes)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whiteList | h:80, other:81     | http://h          | true",
                "whiteList | H:80               | http://h          | true",
                "whiteList | h:-1               | http://h          | true",
                "whiteList | h:-1               | http://h:81       | false",
                "whiteList | h:443              | https://h/a       | true",
                "whiteList | h:80               | https://h/a       | false",
                "whiteList | other:81           | http://h          | false",
                "whiteList | [::1]:8080         | http://[::1]:8080 | true",
                "whiteList | ''                 | http://h          | true",
                "blackList | other:81           | http://h          | true",
                "blackList | other:81,h:80      | http://h          | false",
                "blackList | h:-1               | http://h          | false",
                "blackList | ' , '              | http://h          | true",
            })
    void aListOfHostsIsCheckedAgainstTheDestinationAtStart(String name, String list, String url, boolean satisfied) {
        Given given = Given.route("proxyTo", url, name, list);
        if (satisfied) {
            assertThat(given.read().notes())
                    .singleElement()
                    .asString()
                    .startsWith("init-param " + name + " of servlet proxy: translated into a check of proxyTo at start,"
                            + " and satisfied by ");
        } else {
            assertThat(given.problems())
                    .singleElement()
                    .asString()
                    .startsWith("init-param " + name + " of servlet proxy: " + list + " (expected: ");
        }
    }

    @Test
    void aListOfHostsIsCheckedAgainstTheUpstreamThatIsInForce() {
        Given given = Given.route("proxyTo", "http://h", "whiteList", "h:80")
                .environment("WEIR_PROXY_PROXY_TO", "http://evil");
        assertThat(given.problems())
                .containsExactly("init-param whiteList of servlet proxy: h:80 (expected: evil:80 among them, for"
                        + " proxyTo leads there)");
    }

    @Test
    void aListOfHostsHasNothingToCheckWithoutAnUpstream() {
        assertThat(Given.route("whiteList", "h:80").read().notes())
                .contains("init-param whiteList of servlet proxy: translated into a check of proxyTo at start, which is"
                        + " not set.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "h:", "h:80:80", "http://h:80", "*:80", "h:80;i:80"})
    void aListOfHostsHasAPortInEachEntry(String list) {
        assertThat(Given.route("proxyTo", "http://h", "whiteList", list).problems())
                .containsExactly("init-param whiteList of servlet proxy: " + list + " (expected: a comma list of"
                        + " host:port)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.mitre.dsmiley.httpproxy.ProxyServlet",
                "org.mitre.dsmiley.httpproxy.URITemplateProxyServlet",
                "org.eclipse.jetty.ee11.proxy.AsyncProxyServlet$Transparent",
                "org.eclipse.jetty.proxy.ProxyServlet",
                "org.eclipse.jetty.servlets.ProxyServlet"
            })
    void anotherProxysServletIsRefusedTogetherWithWhatItsNamesWouldHaveMet(String className) {
        Given given = Given.nothing()
                .servlet("proxy", className, List.of("/proxy/*"), "targetUri", "http://h", "stickySessions", "true");
        assertThat(given.problems())
                .hasSize(2)
                .contains("class of servlet proxy: " + className + " (expected: dev.weir.proxy.BoundedProxyServlet)")
                .anyMatch(line -> line.startsWith("init-param stickySessions of servlet proxy: "));
    }

    @Test
    void aWholeDescriptorOfSmileysIsUnderstood() {
        Configuration configuration = Given.nothing()
                .servlet(
                        "solr",
                        "/solr/*",
                        "targetUri",
                        "http://solrserver:8983/solr",
                        "log",
                        "true",
                        "forwardip",
                        "true",
                        "preserveHost",
                        "true",
                        "preserveCookies",
                        "false",
                        "http.protocol.handle-redirects",
                        "false",
                        "http.socket.timeout",
                        "-1",
                        "http.read.timeout",
                        "90000",
                        "http.maxConnections",
                        "-1",
                        "useSystemProperties",
                        "false")
                .read();
        assertThat(configuration.routes().get(0).values().get(RouteParameters.PRESERVE_HOST))
                .isTrue();
        assertThat(configuration.notes()).hasSize(10);
    }

    @Test
    void aWholeDescriptorOfJettysTransparentProxyIsUnderstood() {
        Configuration configuration = Given.nothing()
                .servlet(
                        "proxy",
                        "/app/*",
                        "proxyTo",
                        "https://up.example/app",
                        "prefix",
                        "/app",
                        "hostHeader",
                        "up.example",
                        "viaHost",
                        "edge",
                        "maxThreads",
                        "16",
                        "maxConnections",
                        "100",
                        "timeout",
                        "60000",
                        "whiteList",
                        "up.example:-1")
                .read();
        assertThat(configuration.routes().get(0).values().get(RouteParameters.TIMEOUT))
                .hasMinutes(1);
        assertThat(configuration.notes()).hasSize(2);
    }
}
