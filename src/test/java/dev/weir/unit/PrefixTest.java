package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.route.BadTargetException;
import dev.weir.route.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "/proxy, /proxy, ''",
        "/proxy, /proxy/, /",
        "/proxy, /proxy/a/b, /a/b",
        "/proxy, /pr%6Fxy/a, /a",
        "/proxy, /%70%72%6f%78%79/a, /a",
        "/proxy, /proxy;v=1/a, /a",
        "/proxy, /proxy;v=1, ''",
        "/proxy, /proxy;a;b=c/d;e, /d;e",
        "/proxy, /x/../proxy/a, /a",
        "/proxy, /x/%2e%2E/proxy/a, /a",
        "/proxy, /x/..;v=1/proxy/a, /a",
        "/proxy, /./proxy/a, /a",
        "/proxy, //proxy/a, /a",
        "/proxy, /proxy/proxy/a, /proxy/a",
        "/ctx/proxy, /ctx/proxy/a, /a",
        "/ctx/proxy, /ctx/x/y/../../proxy/a, /a",
        "/ctx/proxy, /ctx;v=1/proxy;v=2/a, /a",
        "/ctx/proxy, /ctx/../ctx/proxy/a, /a",
        "/ctx/proxy, /x/../ctx/proxy/a, /a",
        "/caf%C3%A9, /caf%c3%a9/a, /a",
        "/café, /caf%C3%A9/a, /a",
        "/pr%6Fxy, /proxy/a, /a",
        "/proxy/, /proxy/a, /a",
        "'', /, /",
        "'', /a, /a",
        "'', //evil, //evil",
        "/, /a, /a",
    })
    void thePrefixIsComparedBySegmentsDecodedWithoutParamsAndWithDotsResolved(
            String prefix, String path, String remainder) throws BadTargetException {
        assertThat(new Prefix(prefix).cut(path)).isEqualTo(remainder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "//evil",
                "/a%2Fb",
                "/a%2fb",
                "/100%25",
                "/a;v=1/b",
                "/a//b",
                "/a|b",
                "/{a}",
                "/%",
                "/%zz",
                "/a%",
                "/é\u4e2d",
                "/a\\b",
                "/a/../b",
                "/a/..",
                "/./a",
                "/.",
                "/...",
                "/a../b",
                "/..a",
                "/%2e",
                "/a%2Fb/..",
                "/a%2Fb/../c/..",
                "/%252e%252e",
                "/^\"<>`'*",
            })
    void theRemainderGoesOutByteForByte(String remainder) throws BadTargetException {
        assertThat(new Prefix("/ctx/proxy").cut("/ctx/proxy" + remainder)).isEqualTo(remainder);
        if (!remainder.isEmpty()) {
            assertThat(new Prefix("").cut(remainder)).isEqualTo(remainder);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/foo, /foobar",
        "/foo, /fo",
        "/foo, /",
        "/foo, /Foo/a",
        "/foo, /foo%2Fbar",
        "/foo, /foo%3Bv/a",
        "/foo, /foo\\a",
        "/foo, /bar/foo",
        "/foo, /foo%/a",
        "/foo, /%６6oo/a", // a full-width digit is none
        "/foo, /../foo/a",
        "/foo, /x/../../foo/a",
        "/foo, /.;v",
        "/ctx/proxy, /ctx",
        "/ctx/proxy, /ctx/",
        "/ctx/proxy, /ctx/../proxy",
        "/ctx/proxy, /ctx/x/proxy",
        "/ctx/proxy, /ctx/../x/proxy",
        "/ctx/proxy, /ctx/..;x/proxy",
        "/ctx/proxy, /ctx%2Fproxy/a",
        "/é, /%C3/a",
    })
    void aPathThatDoesNotHoldThePrefixIsRefused(String prefix, String path) {
        assertThatThrownBy(() -> new Prefix(prefix).cut(path))
                .isInstanceOf(BadTargetException.class)
                .hasMessageContaining("does not hold the prefix \"" + prefix.replace('é', '?') + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../",
                "/%2e%2e",
                "/%2E.",
                "/.%2e/a",
                "/..;x",
                "/..;/a",
                "/%2e%2e;x=1/a",
                "/..%3bx",
                "/..%2fa",
                "/..%2Fa",
                "/..%5ca",
                "/..%5Ca",
                "/..\\a",
                "/%2f..",
                "/\\..",
                "/%5c%2e%2e%5c",
                "/a/../..",
                "/a/../../b",
                "/a/%2e%2e/%2e%2e",
                "/a%2f..%2f..",
                "/a\\..\\..",
                "/./..",
                "//..",
                "/a//../..",
                "/%2f/..",
                "/;x/..",
                "/.;x/..",
                // The next ones climb only where an upstream does not take the doubtful separator for one,
                "/a%2Fb/../..",
                "/a\\b/../..",
                "/a%5Cb%2Fc/../..",
                // or lets the params reach over it.
                "/a/..;\\x/..",
                "/a/..;%2fx/..",
                "/b\\..;\\c/..",
                "/a%2fb%5c..;%2fc/../..",
            })
    void aRemainderThatCouldClimbInSomeReadingIsRefused(String remainder) {
        assertThatThrownBy(() -> new Prefix("/ctx/proxy").cut("/ctx/proxy" + remainder))
                .isInstanceOf(BadTargetException.class)
                .hasMessageEndingWith("climbs above the prefix \"/ctx/proxy\".");
        assertThatThrownBy(() -> new Prefix("").cut(remainder)).isInstanceOf(BadTargetException.class);
    }

    @Test
    void theRefusalNamesWhatClimbs() {
        assertThatThrownBy(() -> new Prefix("/p").cut("/p/a/..%2F..%2fetc/b"))
                .hasMessage("The segment \"..%2F..%2fetc\" climbs above the prefix \"/p\".");
    }

    @Test
    void aRefusalQuotesOnlyPrintableAsciiAndNotMuchOfIt() {
        assertThatThrownBy(() -> new Prefix("/p").cut("/é\u0085\u2028" + "x".repeat(500)))
                .hasMessageStartingWith("The path \"/???xxx")
                .hasMessageMatching("[ -~]{1,140}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\r", "\n", "\0", "\u001f", "\u007f", "#", "?"})
    void charactersThatWouldEndTheTargetAreRefusedWhereverTheyStand(String character) {
        for (String path : new String[] {"/p" + character, "/p/a" + character + "b", "/x" + character + "/../p/a"}) {
            assertThatThrownBy(() -> new Prefix("/p").cut(path)).isInstanceOf(BadTargetException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "p/a", "http://up/p/a", "up:443", "%2Fp/a"})
    void aTargetThatIsNoPathIsRefused(String target) {
        assertThatThrownBy(() -> new Prefix("/p").cut(target))
                .isInstanceOf(BadTargetException.class)
                .hasMessageContaining("has to start with");
        assertThatThrownBy(() -> new Prefix("").cut(target)).isInstanceOf(BadTargetException.class);
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a/b", "/a/b/, /a/b", "/a//, /a", "/, ''", "'', ''"})
    void slashesAtTheEndOfAConfiguredPrefixDoNotCount(String configured, String path) {
        assertThat(new Prefix(configured).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "//evil", "/a b", "/a\n/b\n", "/a?b", "/a#b", "/a/../b", "/.", "/%2e%2e/a", "http://up/a"})
    void aPrefixThatNoPathCanHoldIsRefusedAtOnce(String configured) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prefix(configured))
                .withMessageStartingWith("path: " + configured + " (expected: ");
    }
}
