package dev.weir.it;

import static dev.weir.it.SuiteRoute.APP;
import static dev.weir.it.SuiteRoute.NESTED;
import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows the prefix goes upstream byte for byte, behind the upstream's base path; the prefix ends at a segment. */
@Conforms(
        title = "Targets",
        to =
                "RFC 9112 §3.2.1, RFC 3986 §2.1; peers: 500 for a | (Jetty), %2B becomes + (smiley #34, #152), /foobar taken for /foo (Jetty)")
class TargetsIT extends BehaviourSuite {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "/a/",
                "/a%2Fb/%2f",
                "/a%25b",
                "/a%2525",
                "/a;v=1/b;w=2;x",
                "/a;v=1",
                ";v=1",
                "//a//b//",
                "/a|b",
                "/a{b}c",
                "/a^b`c",
                "/[a]",
                "/\"a\"<b>",
                "/a%5Cb",
                "/a\\b",
                "/a%3Fb",
                "/a%23b",
                "/a%3Bb",
                "/%7Euser/~user",
                "/%e4%ba%ba/%E4%BA%BA",
                "/a%01%0d%0a%7F",
                "/a+b%20c",
                "/a!$&'()*,=:@b",
                "/./a/./",
                "/a/../b",
                "/a/%2e%2e/b",
                "/a/b/..",
                "/...",
                "/..a",
                "/a..",
                "/%2e%2ea"
            })
    void aPathPassesByteForByte(String rest) {
        assertPasses(rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "?a=b&c=d",
                "?a=b;c",
                "?a|b{c}d^e`f",
                "?\"a\"<b>[c]\\d",
                "?%",
                "?%zz&%2",
                "?a%2Fb%25%00%FF",
                "?a=/../../b",
                "??a?b",
                "?a+b%20c",
                "?http://evil.test/",
                "/a?",
                "/a;b?c;d"
            })
    void aQueryPassesByteForByte(String rest) {
        assertPasses(rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%zz/a", "/a%2", "/a%00b"})
    void aPathThatContainersCannotDecodeIsRefusedByThem(String rest) {
        Seen seen = exchange(PLAIN, head("GET " + path(PLAIN, rest)));
        // They decode it to pick the servlet, before any of our code runs.
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isEqualTo(400);
        assertThat(seen.client().text()).doesNotContain("Exception", "at org.");
    }

    @Test
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "400: it decodes every path as UTF-8")
    void anEscapeThatIsNotUtf8PassesExceptOnTomcat() {
        Seen seen = exchange(PLAIN, head("GET " + path(PLAIN, "/%FF%C3")));
        switch (home()) {
            case LAUNCHER, JETTY -> assertThat(seen.upstream().target()).isEqualTo("/%FF%C3");
            case TOMCAT_11, TOMCAT_10_1 -> assertThat(seen.client().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\u00e4\u00ba\u00ba", "/a?q=\u00e4\u00ba\u00ba"})
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "400: it takes no byte beyond ASCII")
    void rawUtf8PassesWhereTheContainerTakesIt(String rest) {
        Seen seen = exchange(PLAIN, head("GET " + path(PLAIN, rest)));
        switch (home()) {
            case LAUNCHER, JETTY -> assertThat(seen.upstream().target()).isEqualTo(rest);
            case TOMCAT_11, TOMCAT_10_1 -> assertThat(seen.client().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gr\u00fc\u00dfe", "/a?q=gr\u00fc\u00dfe"})
    void rawBytesThatAreNotUtf8AreRefusedAndNeverReplaced(String rest) {
        Seen seen = exchange(PLAIN, head("GET " + path(PLAIN, rest)));
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plain/a",
                "/pl%61in/a",
                "/%70%6C%61%69%6E/a",
                "/plain;v=1/a",
                "/x/../plain/a",
                "/./plain/a",
                "/app/../plain/a",
                "/x/%2e%2e/plain/a"
            })
    void allSpellingsOfThePrefixAreThePrefix(String spelled) {
        Seen seen = exchange(PLAIN, head("GET " + weir().contextPath() + spelled));
        assertThat(seen.upstream().target()).isEqualTo("/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plainer",
                "/plain.html",
                "/plain%2Fa",
                "/Plain/a",
                "/plai/a",
                "/nest",
                "/nest/",
                "/nest/edge/a",
                "/a/plain/a"
            })
    void thePrefixEndsAtASegment(String other) {
        Seen seen = exchange(PLAIN, head("GET " + weir().contextPath() + other));
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isIn(400, 404);
        assertThat(seen.client().field("Proxy-Status")).isNotNull();
    }

    private void assertPasses(String rest) {
        String slash = rest.startsWith("/") ? "" : "/";
        String behindBase = rest.startsWith(";") ? "" : rest;
        assertThat(exchange(PLAIN, head("GET " + path(PLAIN, rest))).upstream().target())
                .isEqualTo(behindBase.startsWith("/") ? behindBase : "/" + behindBase);
        assertThat(exchange(APP, head("GET " + path(APP, rest))).upstream().target())
                .isEqualTo("/app" + behindBase);
        assertThat(exchange(NESTED, head("GET " + path(NESTED, slash + rest)))
                        .upstream()
                        .target())
                .isEqualTo("/base/path" + slash + rest);
    }
}
