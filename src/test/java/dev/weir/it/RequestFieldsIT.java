package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end-to-end fields of a request reach the upstream as the client sent them, and no others do. */
@Conforms(title = "Fields of requests", to = "RFC 9110 §5, §7.2; peers: a cookie with = is cut (smiley)")
class RequestFieldsIT extends BehaviourSuite {
    private static final List<String> ADDED = List.of(
            "host",
            "cdn-loop",
            "via",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-prefix",
            "x-real-ip");

    @Test
    void fieldsKeepTheirOrder() {
        ReceivedRequest upstream =
                sent("Zulu: 1", "Accept: */*", "X-Alpha: 2", "Cookie: a=b", "Mike: 3", "Range: bytes=0-");
        assertThat(ownNames(upstream)).containsExactly("zulu", "accept", "x-alpha", "cookie", "mike", "range");
    }

    @Test
    void fieldsOfOneNameStayApartAndInOrder() {
        ReceivedRequest upstream =
                sent("X-Many: one, two", "X-Many: three", "X-Many: one, two", "Cookie: a=1", "Cookie: b=2");
        assertThat(upstream.values("X-Many")).containsExactly("one, two", "three", "one, two");
        assertThat(upstream.values("Cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    @FallsShort(in = Home.TOMCAT_10_1, why = "reads names into lower case")
    void namesKeepTheirSpellingExceptOnTomcat101() {
        ReceivedRequest upstream = sent("x-lower: 1", "X-UPPER: 2", "x-MiXeD_: 3");
        if (home() == Home.TOMCAT_10_1) {
            // It reads names into lower case.
            assertThat(ownNames(upstream)).containsExactly("x-lower", "x-upper", "x-mixed_");
        } else {
            assertThat(upstream.fields())
                    .contains(Map.entry("x-lower", "1"), Map.entry("X-UPPER", "2"), Map.entry("x-MiXeD_", "3"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a  b\t c   d",
                "\"quoted, \\\" text\"; x='1'",
                ",,a,;=,,",
                "gr\u00fc\u00dfe \u00e9\u00ff\u00a0x",
                "YWJj==",
                "%41%zz+%",
                "()<>@,;:\\\"/[]?={}|^`~"
            })
    void valuesPassByteForByte(String value) {
        assertThat(sent("X-Value: " + value).values("X-Value")).containsExactly(value);
    }

    @Test
    void cookiesPassByteForByte() {
        String cookies = "a=YWJj==; b=\"quo ted\"; c=; $Version=1; d=\u00e9; JSESSIONID=1.node; =x;";
        assertThat(sent("Cookie: " + cookies).values("Cookie")).containsExactly(cookies);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept-Encoding: GZIP",
                "Cache-Control: No-Cache",
                "Accept: Text/HTML",
                "Content-Type: Text/HTML;CharSet=UTF-8",
                "Accept-Language: EN-us,en;q=0.5"
            })
    void valuesThatServersKnowKeepTheirSpelling(String field) {
        String name = field.substring(0, field.indexOf(':'));
        assertThat(sent(field).field(name)).isEqualTo(field.substring(name.length() + 2));
    }

    @Test
    void anEmptyValuePasses() {
        ReceivedRequest upstream = sent("X-Empty:", "X-Blank:   ", "X-After: 1");
        assertThat(upstream.field("X-Empty")).isEmpty();
        assertThat(upstream.field("X-Blank")).isEmpty();
        assertThat(upstream.field("X-After")).isEqualTo("1");
    }

    @Test
    void aVeryLongValuePasses() {
        String value = "0123456789abcdef".repeat(700);
        assertThat(sent("X-Long: " + value).field("X-Long")).isEqualTo(value);
    }

    @Test
    void nothingIsInvented() {
        ReceivedRequest upstream = sent();
        assertThat(ownNames(upstream)).isEmpty();
        assertThat(upstream.fields()).extracting(Map.Entry::getKey).doesNotContain("User-Agent", "Accept-Encoding");
    }

    @Test
    void noContentTypeIsInventedForABody() {
        String head = head("POST " + path(PLAIN, "/a"), "Content-Length: 4");
        ReceivedRequest upstream = exchange(PLAIN, head + "body").upstream();
        assertThat(upstream.text()).isEqualTo("body");
        assertThat(ownNames(upstream)).containsExactly("content-length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html; charset=\"utf-8\" ; a=b",
                "application/x-www-form-urlencoded;charset=ISO-8859-1"
            })
    void theContentTypeOfABodyPassesByteForByte(String type) {
        String head = head("POST " + path(PLAIN, "/a"), "Content-Type: " + type, "Content-Length: 3");
        ReceivedRequest upstream = exchange(PLAIN, head + "a=b").upstream();
        assertThat(upstream.field("Content-Type")).isEqualTo(type);
        assertThat(upstream.text()).isEqualTo("a=b");
    }

    @Test
    void theHostIsTheUpstreams() {
        Seen seen = exchange(SuiteRoute.APP, get(SuiteRoute.APP));
        assertThat(seen.upstream().field("Host")).isEqualTo(SuiteRoute.APP.authority());
        assertThat(seen.upstream().fields().get(0).getKey()).isEqualTo("Host");
    }

    @Test
    void preserveHostSendsTheClientsHost() {
        Seen seen = exchange(
                SuiteRoute.PRESERVED_HOST,
                "GET " + path(SuiteRoute.PRESERVED_HOST, "/a") + " HTTP/1.1\r\nHost: www.example.test:81\r\n\r\n");
        assertThat(seen.upstream().field("Host")).isEqualTo("www.example.test:81");
    }

    @Test
    void hostHeaderSendsItsOwn() {
        assertThat(exchange(SuiteRoute.FIXED_HOST, get(SuiteRoute.FIXED_HOST))
                        .upstream()
                        .field("Host"))
                .isEqualTo("fixed.test:8443");
    }

    @Test
    void credentialsForTheUpstreamPass() {
        assertThat(sent("Authorization: Basic YTpi").field("Authorization")).isEqualTo("Basic YTpi");
    }

    private ReceivedRequest sent(String... fields) {
        return exchange(PLAIN, get(PLAIN, fields)).upstream();
    }

    /** The names of the fields that Weir did not add, in order. */
    private static List<String> ownNames(ReceivedRequest request) {
        return request.fields().stream()
                .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                .filter(name -> !ADDED.contains(name))
                .toList();
    }
}
