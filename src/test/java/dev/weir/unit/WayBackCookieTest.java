package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.route.WayBack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WayBackCookieTest {
    private final WayBack deep = wayBack("/app", "/ctx/proxy");

    @ParameterizedTest
    @CsvSource({
        "/app, /ctx/proxy, /app, /ctx/proxy",
        "/app, /ctx/proxy, /app/, /ctx/proxy/",
        "/app, /ctx/proxy, /app/x, /ctx/proxy/x",
        "/app/, /ctx/proxy/, /app/x/, /ctx/proxy/x/",
        "/app/, /ctx/proxy, /app, /ctx/proxy",
        "/app, /ctx/proxy, /, /ctx/proxy",
        "/a/b, /ctx/proxy, /a, /ctx/proxy",
        "/a/b, /ctx/proxy, /a/, /ctx/proxy",
        "/a/b, /ctx/proxy, /a/b/, /ctx/proxy/",
        "/a/b, /ctx/proxy, /a/bc, /a/bc",
        "/app, /ctx/proxy, /apple, /apple",
        "/app, /ctx/proxy, /ap, /ap",
        "/app, /ctx/proxy, /other, /other",
        "/app, /ctx/proxy, /ctx/proxy, /ctx/proxy",
        "/app, /ctx/proxy, /ctx/proxy/x, /ctx/proxy/x",
        "/app, '', /app, /",
        "/app, '', /app/, /",
        "/app, '', /app/x, /x",
        "/app, '', /, /",
        "/app, /app/proxy, /app/proxy/x, /app/proxy/proxy/x",
        "'', /ctx/proxy, /, /ctx/proxy",
        "'', /ctx/proxy, /x, /ctx/proxy/x",
        "'', /ctx/proxy, /ctx, /ctx/proxy/ctx",
        "'', /ctx/proxy, /ctx/proxy, /ctx/proxy",
        "'', /ctx/proxy, /ctx/proxy/x, /ctx/proxy/x",
        "'', /ctx/proxy, /ctx/proxyx, /ctx/proxy/ctx/proxyx",
        "'', '', /, /",
        "'', '', /x, /x",
        "/app, /ctx/proxy, x, x",
        "/app, /ctx/proxy, '', ''",
    })
    void thePathGoesBehindThePrefix(String base, String prefix, String path, String mapped) {
        assertThat(wayBack(base, prefix).setCookie("S=1; Path=" + path)).isEqualTo("S=1; Path=" + mapped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "S=1;Path=/app;HttpOnly|S=1;Path=/ctx/proxy;HttpOnly",
                "S=1; secure ;  pAtH = /app ;; Max-Age=5; SameSite=Lax|S=1; secure ;  pAtH = /ctx/proxy ;; Max-Age=5; SameSite=Lax",
                "S=1; Path=/app; Path=/app/x|S=1; Path=/ctx/proxy; Path=/ctx/proxy/x",
                " Path = /app ; path=/app| Path = /app ; path=/ctx/proxy",
                "S=\"/app, Path=/app\"; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/|S=\"/app, Path=/app\"; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/ctx/proxy",
                "=x; Path=/app|=x; Path=/ctx/proxy",
                "S=1; X-Path=/app; Path=/app;|S=1; X-Path=/app; Path=/ctx/proxy;",
            })
    void allElseStaysInItsOrderAndSpelling(String cookie, String mapped) {
        assertThat(deep.setCookie(cookie)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "S=1; Domain=up.example.com | S=1",
                "S=1; Domain=UP.Example.com; Secure | S=1; Secure",
                "S=1; domain = .example.com ; Path=/app | S=1; Path=/ctx/proxy",
                "S=1;DOMAIN=com;Secure | S=1;Secure",
                "S=1; Domain=a.example.com; Domain=example.com | S=1; Domain=a.example.com",
            })
    void aDomainThatCoversTheUpstreamIsTakenAway(String cookie, String mapped) {
        assertThat(deep.setCookie(cookie)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S",
                "S=1",
                "S=1;",
                "S=1; HttpOnly; Secure",
                "S=1; Path",
                "Path=/app",
                "S=1; Domain=other.example.com",
                "S=1; Domain=ample.com",
                "S=1; Domain=x.up.example.com",
                "S=1; Domain=",
                "S=1; Domain=.",
                "S=1; Domain=..example.com",
                "S=1; Domain",
                "Domain=example.com",
                "__Host-S=1; Secure; Path=/",
                "__host-S=1; Secure; Path=/app; Domain=example.com",
            })
    void aCookieThatNeedsNoMappingStaysTheSameInstance(String cookie) {
        assertThat(deep.setCookie(cookie)).isSameAs(cookie);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 0.0.1, false",
        "10.0.0.1, .0.1, false",
        "::ffff:10.0.0.1, 0.0.1, false"
    })
    void anAddressIsCoveredByItselfAlone(String host, String domain, boolean takenAway) {
        String cookie = "S=1; Domain=" + domain;
        assertThat(new WayBack("http", host, 80, "", "/p").setCookie(cookie)).isEqualTo(takenAway ? "S=1" : cookie);
    }

    @Test
    void aSecurePrefixedCookieIsMappedAsAnyOther() {
        assertThat(deep.setCookie("__Secure-S=1; Secure; Path=/")).isEqualTo("__Secure-S=1; Secure; Path=/ctx/proxy");
    }

    private static WayBack wayBack(String base, String prefix) {
        return new WayBack("http", "up.example.com", 9000, base, prefix);
    }
}
