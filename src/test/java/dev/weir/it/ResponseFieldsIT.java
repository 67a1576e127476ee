package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end-to-end fields of a response reach the client as the upstream sent them, and no others do. */
@Conforms(
        title = "Fields of responses",
        to = "RFC 9110 §5, §6.6.1; jetty.project #13961, #14329, #15393: Date and Server twice")
class ResponseFieldsIT extends BehaviourSuite {
    @Test
    void fieldsKeepTheirOrder() {
        ReceivedResponse client =
                answered("Zulu: 1", "ETag: \"x\"", "X-Alpha: 2", "Cache-Control: no-store", "Mike: 3");
        assertThat(names(client)).containsSubsequence("zulu", "etag", "x-alpha", "cache-control", "mike");
    }

    @Test
    void fieldsOfOneNameStayApartAndInOrder() {
        ReceivedResponse client =
                answered("X-Many: one, two", "X-Many: three", "X-Many: one, two", "Vary: a", "Vary: b");
        assertThat(client.values("X-Many")).containsExactly("one, two", "three", "one, two");
        assertThat(client.values("Vary")).containsExactly("a", "b");
    }

    @Test
    void everySetCookiePassesByteForByte() {
        String[] cookies = {
            "a=YWJj==; Path=/; HttpOnly",
            "b=\"quo ted\"",
            "a=again; Expires=Wed, 09 Jun 2032 10:18:14 GMT; SameSite=Lax",
            "c="
        };
        ReceivedResponse client = exchange(
                        SuiteRoute.AS_IS,
                        get(SuiteRoute.AS_IS),
                        response(
                                "Set-Cookie: " + cookies[0],
                                "Set-Cookie: " + cookies[1],
                                "Set-Cookie: " + cookies[2],
                                "Set-Cookie: " + cookies[3]))
                .client();
        assertThat(client.values("Set-Cookie")).containsExactly(cookies);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a  b\t c   d",
                "\"quoted, \\\" text\"; x='1'",
                ",,a,;=,,",
                "gr\u00fc\u00dfe \u00e9\u00ff\u00a0x",
                "%41%zz+%",
                "()<>@,;:\\\"/[]?={}|^`~"
            })
    void valuesPassByteForByte(String value) {
        assertThat(answered("X-Value: " + value).values("X-Value")).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: GZIP",
                "Cache-Control: No-Cache",
                "Accept-Ranges: Bytes",
                "Content-Language: EN-us",
                "Pragma: No-Cache",
                "ETag: W/\"a\"",
                "Expires: 0",
                "Last-Modified: yesterday"
            })
    void valuesThatServersKnowKeepTheirSpelling(String field) {
        String name = field.substring(0, field.indexOf(':'));
        assertThat(answered(field).field(name)).isEqualTo(field.substring(name.length() + 2));
    }

    @Test
    void anEmptyValuePasses() {
        assertThat(answered("X-Empty:", "X-After: 1").fields())
                .contains(Map.entry("X-Empty", ""), Map.entry("X-After", "1"));
    }

    @Test
    void aVeryLongValuePasses() {
        String value = "0123456789abcdef".repeat(1000);
        assertThat(answered("X-Long: " + value).field("X-Long")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html",
                "Text/HTML;CharSet=\"Utf-8\" ; a=b",
                "text/xml; charset=iso-8859-1",
                "application/json",
                "multipart/form-data; boundary=\"a b\"",
                "text/event-stream"
            })
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "takes the media type apart and writes it in its own way")
    void theContentTypePassesByteForByteExceptOnTomcat(String type) {
        String received = answered("Content-Type: " + type).field("Content-Type");
        switch (home()) {
            case LAUNCHER, JETTY -> assertThat(received).isEqualTo(type);
            // Tomcat takes the media type apart and writes it in its own way.
            case TOMCAT_11, TOMCAT_10_1 -> assertThat(parsed(received)).isEqualTo(parsed(type));
        }
    }

    @Test
    void aContentTypeThatIsNoMediaTypePassesExceptOnTomcat() {
        String received = answered("Content-Type: odd").field("Content-Type");
        assertThat(received).isEqualTo("odd");
    }

    @Test
    void noContentTypeIsInvented() {
        ReceivedResponse client = answered();
        assertThat(client.field("Content-Type")).isNull();
        assertThat(names(client)).isSubsetOf("content-length", "date", "server", "via");
    }

    @Test
    void dateAndServerAreTheUpstreamsAndThereIsOneOfEach() {
        ReceivedResponse client = answered("Date: Tue, 15 Nov 1994 08:12:31 GMT", "Server: upstream/1.0 (x)");
        assertThat(client.values("Date")).containsExactly("Tue, 15 Nov 1994 08:12:31 GMT");
        assertThat(client.values("Server")).containsExactly("upstream/1.0 (x)");
    }

    @Test
    void withoutTheUpstreamsThereIsOneDateAndNoVersionInServer() {
        ReceivedResponse client = answered();
        assertThat(client.values("Date")).hasSize(1);
        assertThat(client.values("Server"))
                .allSatisfy(server -> assertThat(server).doesNotContainPattern("[0-9]"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 206, 226, 299, 400, 401, 404, 418, 451, 500, 503, 599})
    void theStatusIsTheUpstreamsAndSoIsTheBody(int status) {
        ReceivedResponse client = exchange(
                        PLAIN, get(PLAIN), "HTTP/1.1 " + status + " So\r\nContent-Length: 8\r\nX-A: b\r\n\r\nupstream")
                .client();
        assertThat(client.status()).isEqualTo(status);
        assertThat(client.text()).isEqualTo("upstream");
        assertThat(client.field("X-A")).isEqualTo("b");
        assertThat(client.field("Proxy-Status")).isNull();
    }

    @Test
    void aChallengeOfTheUpstreamPasses() {
        ReceivedResponse client = exchange(
                        PLAIN,
                        get(PLAIN),
                        "HTTP/1.1 401 No\r\nContent-Length: 0\r\n"
                                + "WWW-Authenticate: Basic realm=\"a, b\"\r\nWWW-Authenticate: Bearer\r\n\r\n")
                .client();
        assertThat(client.values("WWW-Authenticate")).containsExactly("Basic realm=\"a, b\"", "Bearer");
    }

    private ReceivedResponse answered(String... fields) {
        return exchange(PLAIN, get(PLAIN), response(fields)).client();
    }

    static String response(String... fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        List.of(fields).forEach(field -> head.append(field).append("\r\n"));
        return head.append("Content-Length: 2\r\n\r\nok").toString();
    }

    private static List<String> names(ReceivedResponse response) {
        return response.fields().stream()
                .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** A media type and its parameters, by name; names in lower case, values without quotes. */
    private static Map<String, String> parsed(String contentType) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : contentType.split(";")) {
            int equals = part.indexOf('=');
            String name =
                    (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            parts.put(name, equals < 0 ? "" : part.substring(equals + 1).strip().replace("\"", ""));
        }
        return parts;
    }
}
