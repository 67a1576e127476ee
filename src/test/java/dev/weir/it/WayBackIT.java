package dev.weir.it;

import static dev.weir.it.SuiteRoute.APP;
import static dev.weir.it.SuiteRoute.AS_IS;
import static dev.weir.it.SuiteRoute.FIXED_HOST;
import static dev.weir.it.SuiteRoute.PLAIN;
import static dev.weir.it.SuiteRoute.PRESERVED_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names the upstream in a response comes back behind context path and prefix; all else stays as it came. */
@Conforms(
        title = "The way back through the prefix",
        to = "RFC 9110 §10.2.2, RFC 6265 §5.2.4; peers: redirects and cookies escape (Jetty)")
class WayBackIT extends BehaviourSuite {
    /** {@code UP} is the upstream's scheme and authority, {@code EDGE} the path that clients see the route under. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Location         | UP/app/login?next=%2Fa#f       | EDGE/login?next=%2Fa#f",
                "Location         | /app/login                     | EDGE/login",
                "Location         | //AUTHORITY/app/x              | EDGE/x",
                "Location         | /app                           | EDGE",
                "Location         | login?x                        | login?x",
                "Location         | ?x                             | ?x",
                "Location         | /apple                         | /apple",
                "Location         | /other/x                       | /other/x",
                "Location         | http://elsewhere.test/app/x    | http://elsewhere.test/app/x",
                "Location         | https://AUTHORITY/app/x        | https://AUTHORITY/app/x",
                "Location         | http://AUTHORITY.test/app/x    | http://AUTHORITY.test/app/x",
                "Location         | /app/../other                  | /app/../other",
                "Content-Location | UP/app/a%2Fb;v=1               | EDGE/a%2Fb;v=1",
                "Refresh          | 5; url=UP/app/x                | 5; url=EDGE/x",
                "Link             | <UP/app/n>; rel=next, </app/p>; rel=\"prev\" | <EDGE/n>; rel=next, <EDGE/p>; rel=\"prev\"",
                "X-Location       | UP/app/x                       | UP/app/x"
            })
    void aFieldThatNamesTheUpstreamNamesTheRoute(String name, String sent, String received) {
        assertThat(answered(APP, name, named(APP, sent)).field(name)).isEqualTo(named(APP, received));
    }

    @Test
    void anUpstreamWithoutABasePathIsAllOfIt() {
        String upstream = "http://" + PLAIN.authority();
        assertThat(answered(PLAIN, "Location", "/login").field("Location")).isEqualTo(path(PLAIN, "/login"));
        assertThat(answered(PLAIN, "Location", upstream).field("Location")).isEqualTo(path(PLAIN, "/"));
        assertThat(answered(PLAIN, "Location", path(PLAIN, "/x")).field("Location"))
                .isEqualTo(path(PLAIN, "/x"));
    }

    @Test
    void theHostThatWasSentNamesTheUpstreamToo() {
        assertThat(answered(PRESERVED_HOST, "Location", "http://" + authority() + "/app/x")
                        .field("Location"))
                .isEqualTo(path(PRESERVED_HOST, "/x"));
        assertThat(answered(FIXED_HOST, "Location", "http://fixed.test:8443/app/x")
                        .field("Location"))
                .isEqualTo(path(FIXED_HOST, "/x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSESSIONID=1.a; Path=/app; HttpOnly           | JSESSIONID=1.a; Path=EDGE; HttpOnly",
                "a=YWJj==; path=/app/sub; Secure               | a=YWJj==; path=EDGE/sub; Secure",
                "a=\"b c\"; Path=/                             | a=\"b c\"; Path=EDGE",
                "a=b; Domain=127.0.0.1; SameSite=Lax           | a=b; SameSite=Lax",
                "a=b; Domain=other.test; Path=/elsewhere       | a=b; Domain=other.test; Path=/elsewhere",
                "a=b                                           | a=b",
                "__Host-a=b; Path=/; Secure                    | __Host-a=b; Path=/; Secure",
                "a=/app; X=/app; Max-Age=5                     | a=/app; X=/app; Max-Age=5"
            })
    void aCookieBelongsToTheRouteAndKeepsItsNameAndValue(String sent, String received) {
        assertThat(answered(APP, "Set-Cookie", sent).field("Set-Cookie")).isEqualTo(named(APP, received));
    }

    @Test
    void severalCookiesStayApartAndInOrder() {
        ReceivedResponse client = exchange(
                        APP,
                        get(APP),
                        ResponseFieldsIT.response(
                                "Set-Cookie: a=1; Path=/app",
                                "X-A: b",
                                "Set-Cookie: b=2",
                                "Set-Cookie: a=3; Path=/app/x"))
                .client();
        assertThat(client.values("Set-Cookie"))
                .containsExactly("a=1; Path=" + path(APP, ""), "b=2", "a=3; Path=" + path(APP, "/x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 301, 302, 303, 307, 308, 401, 503})
    void itHoldsForEveryStatus(int status) {
        ReceivedResponse client = exchange(
                        APP, get(APP), "HTTP/1.1 " + status + " So\r\nLocation: /app/x\r\nContent-Length: 0\r\n\r\n")
                .client();
        assertThat(client.status()).isEqualTo(status);
        assertThat(client.field("Location")).isEqualTo(path(APP, "/x"));
    }

    @Test
    void noBodyIsRewritten() {
        String body = "<a href=\"http://" + APP.authority() + "/app/x\">";
        ReceivedResponse client = exchange(
                        APP,
                        get(APP),
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)
                .client();
        assertThat(client.text()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "Location, http://AUTHORITY/app/x",
        "Location, /app/x",
        "Content-Location, /app/x",
        "Refresh, 5; url=/app/x",
        "Link, </app/x>; rel=next",
        "Set-Cookie, a=b; Path=/app; Domain=127.0.0.1"
    })
    void rewriteFalseLeavesEverythingAsItCame(String name, String value) {
        String sent = named(AS_IS, value);
        assertThat(answered(AS_IS, name, sent).field(name)).isEqualTo(sent);
    }

    private ReceivedResponse answered(SuiteRoute route, String name, String value) {
        return exchange(route, get(route), ResponseFieldsIT.response(name + ": " + value))
                .client();
    }

    private String named(SuiteRoute route, String text) {
        return text.replace("UP", "http://AUTHORITY")
                .replace("AUTHORITY", route.authority())
                .replace("EDGE", path(route, ""));
    }
}
