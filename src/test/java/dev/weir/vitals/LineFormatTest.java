package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.EndedReport;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatTest {
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String HOSTILE =
            "a\r\n192.0.2.1 - - \" \\ \t\u0000\u001b[2J\u007f\u0085\u00e9\u2028\u2029\ud83d\ude00</script>";

    private static ClientRequest client(String method, String target, String userAgent) {
        return new ClientRequest(
                "[2001:db8::7]",
                4711,
                "anne b",
                method,
                "http",
                "weir.test:8080",
                target,
                "HTTP/1.1",
                "http://referer.test/",
                userAgent,
                "id-1",
                TRACE);
    }

    private static String combined(Report report) {
        StringBuilder line = new StringBuilder();
        new CombinedLine(KATHMANDU).append(report, line);
        return line.toString();
    }

    private static String json(Report report) {
        StringBuilder line = new StringBuilder();
        new JsonLine().append(report, line);
        return line.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(Report report) {
        return (Map<String, Object>) new JSON().fromJSON(json(report));
    }

    @Test
    void aCombinedLineIsApachesAndWhatAProxyHasToTell() {
        Report report = EndedReport.of(client("GET", "/edge/proxy/a?b=c d", "curl/8"), 200);
        String time = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ENGLISH)
                .format(Instant.ofEpochMilli(report.beganMillis()).atZone(KATHMANDU));
        assertThat(combined(report))
                .isEqualTo(
                        "2001:db8::7 - anne\\x20b [" + time + " +0545] \"GET /edge/proxy/a?b=c\\x20d HTTP/1.1\" 200 12"
                                + " \"http://referer.test/\" \"curl/8\" outcome=ok route=proxy to=http://upstream.test:9000"
                                + " queue=1.000 connect=2.000 first=0.040 total=5.000 in=7 out=12 retries=0 id=id-1");
    }

    @Test
    void aJsonLineHasTheNamesOfTheElasticCommonSchema() {
        Report report = EndedReport.of(client("GET", "/edge/proxy/a?b=c", "curl/8"), 200);
        assertThat(parsed(report))
                .containsEntry("ecs.version", "8.11.0")
                .containsEntry("event.dataset", "weir.access")
                .containsEntry("event.kind", "event")
                .containsEntry("event.outcome", "success")
                .containsEntry("event.duration", 5_000_000L)
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.request.id", "id-1")
                .containsEntry("http.request.referrer", "http://referer.test/")
                .containsEntry("http.request.body.bytes", 7L)
                .containsEntry("http.response.status_code", 200L)
                .containsEntry("http.response.body.bytes", 12L)
                .containsEntry("http.version", "1.1")
                .containsEntry("url.original", "/edge/proxy/a?b=c")
                .containsEntry("url.path", "/edge/proxy/a")
                .containsEntry("url.query", "b=c")
                .containsEntry("url.domain", "weir.test")
                .containsEntry("source.ip", "2001:db8::7")
                .containsEntry("source.port", 4711L)
                .containsEntry("user.name", "anne b")
                .containsEntry("user_agent.original", "curl/8")
                .containsEntry("destination.address", "upstream.test")
                .containsEntry("destination.port", 9000L)
                .containsEntry("trace.id", "0af7651916cd43dd8448eb211c80319c")
                .containsEntry("span.id", "b7ad6b7169203331")
                .containsEntry("weir.outcome", "ok")
                .containsEntry("weir.route", "proxy")
                .containsEntry("weir.queue_ms", 1.0)
                .containsEntry("weir.connect_ms", 2.0)
                .containsEntry("weir.first_byte_ms", 0.04)
                .containsEntry("weir.total_ms", 5.0)
                .containsEntry("weir.retries", 0L)
                .doesNotContainKey("weir.sentence");
        assertThat(Instant.parse((String) parsed(report).get("@timestamp")).toEpochMilli())
                .isEqualTo(report.beganMillis());
    }

    @Test
    void nothingThatAClientSendsEndsALineOrAField() {
        Report report = EndedReport.of(client("GET", "/a", HOSTILE), 200);
        assertThat(combined(report))
                .matches("[ -~]+")
                .contains("\"a\\x0d\\x0a192.0.2.1 - - \\\" \\\\ \\x09\\x00\\x1b[2J\\x7f\\x85\\xe9\\xe2\\x80\\xa8"
                        + "\\xe2\\x80\\xa9\\xf0\\x9f\\x98\\x80</script>\" outcome=ok");
        assertThat(json(report)).matches("[ -~]+").contains("\\u2028", "\\u001b", "\\u0085", "\\r\\n");
        assertThat(parsed(report)).containsEntry("user_agent.original", HOSTILE);
    }

    @Test
    void whatIsUnquotedCannotMakeUpAFieldOfItsOwn() {
        ClientRequest client = client("G T", "/a b\" 200", "u");
        assertThat(combined(EndedReport.of(client, 200)))
                .contains(" \"G\\x20T /a\\x20b\\\"\\x20200 HTTP/1.1\" 200 12 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u0001", "\u2028", "\ud83d\ude00"})
    void aLongFieldIsCutAndMarked(String part) {
        Report report = EndedReport.of(client("GET", "/a", "x" + part.repeat(20 * 1024)), 200);
        assertThat(combined(report).contains("...\" outcome=ok")).isTrue();
        assertThat(combined(report).length()).isLessThan(32 * 1024);
        String userAgent = (String) parsed(report).get("user_agent.original");
        assertThat(userAgent).endsWith("...").hasSizeBetween(2050, 2051);
        assertThat(userAgent.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    @Test
    void whatIsNotKnownIsADashOrLeftOut() {
        Report report = EndedReport.unclaimed(null, null, null);
        assertThat(combined(report))
                .matches(
                        "- - - \\[.+] \"- - -\" 404 - \"-\" \"-\" outcome=no-route route=- to=- queue=- connect=- first=-"
                                + " total=0\\.000 in=0 out=0 retries=0 id=-");
        assertThat(parsed(report))
                .containsEntry("weir.sentence", "No route claims this path.")
                .containsEntry("event.outcome", "failure")
                .doesNotContainKeys(
                        "source.ip", "url.path", "http.request.method", "weir.route", "destination.address");
    }

    @Test
    void aTunnelIsNamedByWhereItLeads() {
        Report report = EndedReport.of(client("CONNECT", "upstream.test:9000", "u"), 101);
        assertThat(combined(report))
                .contains("\"CONNECT upstream.test:9000 HTTP/1.1\" 200 12 ", " to=upstream.test:9000 ");
        assertThat(parsed(report))
                .containsEntry("url.original", "upstream.test:9000")
                .doesNotContainKey("url.path");
    }

    @Test
    void anAbsoluteUrlIsTakenApart() {
        assertThat(parsed(EndedReport.of(client("GET", "http://other.test:81/b/c?d=http://e/?f", "u"), 200)))
                .containsEntry("url.original", "http://other.test:81/b/c?d=http://e/?f")
                .containsEntry("url.path", "/b/c")
                .containsEntry("url.query", "d=http://e/?f");
    }

    @ParameterizedTest
    @CsvSource({"OK, 200, success", "OK, 304, success", "OK, 404, failure", "TRUNCATED, 200, failure"})
    void anOutcomeIsASuccessWhereTheClientGotWhatItAskedFor(Outcome outcome, int status, String expected) {
        assertThat(parsed(EndedReport.of(client("GET", "/a", "u"), status, outcome)))
                .containsEntry("event.outcome", expected);
    }

    @Test
    void whetherAClientThatLeftHadWhatItWantedIsUnknown() {
        assertThat(parsed(EndedReport.of(client("GET", "/a", "u"), 200, Outcome.CLIENT_GONE)))
                .containsEntry("event.outcome", "unknown")
                .containsEntry("http.response.status_code", 499L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
            })
    void whatIsNoTraceIsNone(String field) {
        assertThat(TraceParent.of(field)).isEmpty();
    }

    @Test
    void aLaterVersionOfATraceMayHaveMore() {
        assertThat(TraceParent.of(TRACE.replaceFirst("00", "cc") + "-more")).isPresent();
    }
}
