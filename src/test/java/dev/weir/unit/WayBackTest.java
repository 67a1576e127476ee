package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.route.WayBack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WayBackTest {
    private static final String HOST_SENT = "public.example:8443";

    private final WayBack deep = new WayBack("http", "up", 9000, "/app", "/ctx/proxy");
    private final WayBack deepAtRoot = new WayBack("http", "up", 9000, "/app", "");
    private final WayBack flat = new WayBack("http", "up", 9000, "", "/ctx/proxy");
    private final WayBack flatAtRoot = new WayBack("http", "up", 9000, "", "");

    @ParameterizedTest
    @CsvSource({
        "http://up:9000/app/x, /ctx/proxy/x",
        "HTTP://UP:9000/app/x, /ctx/proxy/x",
        "//up:9000/app/x, /ctx/proxy/x",
        "http://public.example:8443/app/x, /ctx/proxy/x",
        "//PUBLIC.example:8443/app/x, /ctx/proxy/x",
        "/app/x, /ctx/proxy/x",
        "/app, /ctx/proxy",
        "/app/, /ctx/proxy/",
        "/app?q=1, /ctx/proxy?q=1",
        "/app#f, /ctx/proxy#f",
        "http://up:9000/app?a=http://up:9000/app#/app, /ctx/proxy?a=http://up:9000/app#/app",
        "/app/a%2Fb;v=1//c|{}%?q=%zz#é, /ctx/proxy/a%2Fb;v=1//c|{}%?q=%zz#é",
        "/app//x, /ctx/proxy//x",
        "/app;jsessionid=1/x, /ctx/proxy;jsessionid=1/x",
        "/app;jsessionid=1, /ctx/proxy;jsessionid=1",
        "/app/x/../y, /ctx/proxy/x/../y",
        "/x/../app/y, /ctx/proxy/y",
        "/%61pp/x, /ctx/proxy/x",
    })
    void aReferenceThatNamesTheUpstreamGoesBehindThePrefix(String location, String mapped) {
        assertThat(deep.location(location, HOST_SENT)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "next",
                "./x",
                "../x",
                "?q",
                "#f",
                "app/x",
                "/",
                "/apple",
                "/other",
                "/app%2Fx",
                "/app/../other",
                "/app/..",
                "/app/%2e%2E/other",
                "/app/..;x/other",
                "/app/..%2fother",
                "/app/..\\other",
                "/../app/x",
                "/ctx/proxy",
                "/ctx/proxy/x",
                "http://up:9000",
                "http://up:9000/",
                "http://up:9000/other",
                "http://up:9000/app/../other",
                "https://up:9000/app/x",
                "ws://up:9000/app/x",
                "http://up/app/x",
                "http://up:80/app/x",
                "http://up:90000/app/x",
                "http://up:900000/app/x",
                "http://up:x/app/x",
                "http://other:9000/app/x",
                "http://up.other:9000/app/x",
                "http://user@up:9000/app/x",
                "http://up:9000@other/app/x",
                "http://up:9000\\@other/app/x",
                "http:///app/x",
                "http:/app/x",
                "http:app",
                "//up/app/x",
                "//other:9000/app/x",
                "///up:9000/app/x",
                "/\\up:9000/app/x",
                "\\\\up:9000/app/x",
                "https://public.example:8443/app/x",
                "http://public.example/app/x",
                "mailto:up@up",
                " /app/x",
                "/app/\tx",
                "/\t/app/x",
            })
    void whateverElseStaysTheSameInstance(String location) {
        assertThat(deep.location(location, HOST_SENT)).isSameAs(location);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /ctx/proxy/",
        "/x, /ctx/proxy/x",
        "http://up:9000, /ctx/proxy/",
        "http://up:9000/, /ctx/proxy/",
        "http://up:9000?q, /ctx/proxy/?q",
        "http://up:9000//evil/x, /ctx/proxy//evil/x",
        "http://up:9000/x/../y, /ctx/proxy/x/../y",
        "/ctx, /ctx/proxy/ctx",
        "/ctx/proxyx, /ctx/proxy/ctx/proxyx",
        // an upstream that honours X-Forwarded-Prefix, but no other forwarded field
        "http://up:9000/ctx/proxy/x?q, /ctx/proxy/x?q",
    })
    void withoutABasePathEveryPathOfTheUpstreamIsIn(String location, String mapped) {
        assertThat(flat.location(location, null)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ctx/proxy", "/ctx/proxy/x", "/ctx/proxy?q", "/../x", "/x/../../y", "/\\evil", "//evil/x"})
    void withoutABasePathWhatIsBehindThePrefixOrClimbsOrNamesAHostStays(String location) {
        assertThat(flat.location(location, null)).isSameAs(location);
        assertThat(flat.link('<' + location + '>', null)).isEqualTo('<' + location + '>');
    }

    @ParameterizedTest
    @CsvSource({
        "/app, /",
        "/app/, /",
        "/app?q, /?q",
        "/app/x, /x",
        "/app;v=1/x, /;v=1/x",
        "http://up:9000/app, /",
    })
    void atTheRootThePrefixIsEmptyAndThePathIsNot(String location, String mapped) {
        assertThat(deepAtRoot.location(location, null)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @CsvSource({
        "http://up:9000//evil/x, /.//evil/x",
        "//up:9000//evil/x, /.//evil/x",
        "http://up:9000/\\evil/x, /./\\evil/x",
        "http://up:9000///evil, /.///evil",
        "http://up:9000/x, /x",
        "http://up:9000, /",
        "/x, /x",
    })
    void whatIsMappedNeverNamesAnotherHost(String location, String mapped) {
        assertThat(flatAtRoot.location(location, null)).isEqualTo(mapped);
    }

    @Test
    void aBasePathThatGoesAwayLeavesNoDoubleSlashInFront() {
        assertThat(deepAtRoot.location("/app//evil/x", null)).isEqualTo("/.//evil/x");
        assertThat(deepAtRoot.location("/app/\\evil/x", null)).isEqualTo("/./\\evil/x");
        assertThat(flat.location("http://up:9000//ctx/proxy/x", null)).isEqualTo("/.//ctx/proxy/x");
    }

    @Test
    void aBasePathEqualToThePrefixNeedsNoMapping() {
        WayBack same = new WayBack("http", "up", 9000, "/app/", "/app");
        String path = "/app/x";
        assertThat(same.location(path, null)).isSameAs(path);
        assertThat(same.location("http://up:9000/app/x", null)).isEqualTo("/app/x");
    }

    @Test
    void aBasePathThatMatchesGoesBeforeThePrefixThatMatchesToo() {
        WayBack nested = new WayBack("http", "up", 9000, "/app", "/app/proxy");
        assertThat(nested.location("/app/proxy/x", null)).isEqualTo("/app/proxy/proxy/x");
    }

    @ParameterizedTest
    @CsvSource({
        "http, 80, http://up/x",
        "http, 80, http://up:/x",
        "http, 80, http://up:80/x",
        "http, 80, http://up:080/x",
        "http, 80, //up/x",
        "https, 443, https://up/x",
        "https, 443, https://up:443/x",
        "https, 443, //up/x",
        "https, 443, //up:443/x",
        "http, 9000, http://public.example/x",
        "http, 9000, http://public.example:80/x",
    })
    void portsAreComparedAsTheyTakeEffect(String scheme, int port, String location) {
        assertThat(new WayBack(scheme, "up", port, "", "/p").location(location, "public.example"))
                .isEqualTo("/p/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]"})
    void anIpv6UpstreamIsNamedInBrackets(String host) {
        WayBack wayBack = new WayBack("http", host, 9000, "", "/p");
        assertThat(wayBack.location("http://[::1]:9000/x", null)).isEqualTo("/p/x");
        assertThat(wayBack.location("http://[::2]:9000/x", null)).isEqualTo("http://[::2]:9000/x");
        assertThat(wayBack.location("http://::1:9000/x", null)).isEqualTo("http://::1:9000/x");
    }

    @Test
    void aHostFieldThatCannotBeReadNamesNobody() {
        assertThat(deep.location("http://other/app", "other/")).isEqualTo("http://other/app");
        assertThat(deep.location("http://a@b/app", "a@b")).isEqualTo("http://a@b/app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5; url=http://up:9000/app/x | 5; url=/ctx/proxy/x",
                "0;URL='/app/x' | 0;URL='/ctx/proxy/x'",
                "0;Url = \"/app/x\" ; y | 0;Url = \"/ctx/proxy/x\" ; y",
                "0;url='/app/x | 0;url='/ctx/proxy/x",
                "0.5, url=/app | 0.5, url=/ctx/proxy",
                "0;url='/app';/../../x | 0;url='/ctx/proxy';/../../x",
                "3; /app/x | 3; /ctx/proxy/x",
                "3;url=/app/x;y=1?a=b | 3;url=/ctx/proxy/x;y=1?a=b",
            })
    void onlyTheUrlOfARefreshIsReplaced(String refresh, String mapped) {
        assertThat(deep.refresh(refresh, HOST_SENT)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "5;", "5; url=", "5; url=next", "5; url=http://other/app", "5; url='/other'", "/app/x"})
    void aRefreshWithoutAUrlOfTheUpstreamStaysTheSameInstance(String refresh) {
        assertThat(deep.refresh(refresh, HOST_SENT)).isSameAs(refresh);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "</app/x>; rel=next | </ctx/proxy/x>; rel=next",
                "</app/1>; rel=a, <http://up:9000/app/2>;rel=b,<next> | </ctx/proxy/1>; rel=a, </ctx/proxy/2>;rel=b,<next>",
                "</app/a,b>; title=\"</app/x>, </app/y>\", </app/c> | </ctx/proxy/a,b>; title=\"</app/x>, </app/y>\", </ctx/proxy/c>",
                "<x>; title=\"a\\\"</app>\"; rel=b, </app/c> | <x>; title=\"a\\\"</app>\"; rel=b, </ctx/proxy/c>",
                "</app/\"x>; rel=a, </app> | </ctx/proxy/\"x>; rel=a, </ctx/proxy>",
                "</app/x>, </app/y | </ctx/proxy/x>, </app/y",
            })
    void everyTargetOfALinkIsMappedAndNothingInQuotes(String link, String mapped) {
        assertThat(deep.link(link, HOST_SENT)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "<>",
                "<next>; rel=next",
                "</other>; anchor=\"</app>\"",
                "<x>; title=\"</app>",
                "<x>;t=\"\\",
                "/app"
            })
    void aLinkWithoutATargetOfTheUpstreamStaysTheSameInstance(String link) {
        assertThat(deep.link(link, HOST_SENT)).isSameAs(link);
    }

    @Test
    void aBasePathOrPrefixThatIsNoPathIsRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WayBack("http", "up", 80, "app", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new WayBack("http", "up", 80, "", "//evil"));
    }
}
