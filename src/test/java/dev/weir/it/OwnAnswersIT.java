package dev.weir.it;

import static dev.weir.it.SuiteRoute.DEAD;
import static dev.weir.it.SuiteRoute.PLAIN;
import static dev.weir.it.SuiteRoute.QUICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedResponse;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Weir itself answers has one form, and gives nothing of the web application away. */
class OwnAnswersIT extends BehaviourSuite {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/index.jsp",
                "/a.jsp",
                "/a.jspx",
                "/WEB-INF/web.xml",
                "/WEB-INF/",
                "/WEB-INF/lib/",
                "/web-inf/web.xml",
                "/WEB-INF;x/web.xml",
                "/x/../WEB-INF/web.xml",
                "/%57EB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/META-INF/",
                "/webjars/uplot/1.6.30/dist/uPlot.min.css",
                "/dev/weir/vitals/page/status.html",
                "/org/springframework/boot/loader/launch/WarLauncher.class",
                "/org/springframework/",
                "/favicon.ico",
                "/weir-error"
            })
    void whatNoRouteClaimsIsNotFoundWhateverTheWarHolds(String path) {
        ReceivedResponse client = get(weir().contextPath() + path, "").receiveResponse();
        assertThat(client.status()).isEqualTo(404);
        if (client.field("Proxy-Status") != null) {
            assertThat(client.field("Proxy-Status")).isEqualTo("weir; details=\"no-route\"");
            assertThat(client.text()).startsWith("no-route: ").endsWith("\n");
            assertThat(client.field("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        }
        assertGivesNothingAway(client);
    }

    @ParameterizedTest
    @CsvSource({"/nothing, GET", "/nothing, POST", "/nothing, PURGE", "/index.jsp, GET", "/weir-error, GET"})
    void notFoundHasOurFormForEveryMethod(String path, String method) {
        ReceivedResponse client =
                client().send(head(method + " " + weir().contextPath() + path)).receiveResponse();
        assertThat(client.status()).isEqualTo(404);
        assertThat(client.field("Proxy-Status")).isEqualTo("weir; details=\"no-route\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                                    | text/plain;charset=utf-8",
                "*/*                                     | text/plain;charset=utf-8",
                "text/html, application/xhtml+xml        | text/plain;charset=utf-8",
                "text/html, application/json             | text/plain;charset=utf-8",
                "application/json                        | application/json",
                "application/json, text/plain, */*       | application/json"
            })
    void anAnswerIsTextUnlessAcceptPrefersJson(String accept, String type) {
        String[] fields = accept == null ? new String[0] : new String[] {"Accept: " + accept};
        ReceivedResponse client =
                client().send(head("GET " + path(DEAD, "/a"), fields)).receiveResponse();
        assertThat(client.status()).isEqualTo(502);
        assertThat(client.field("Content-Type")).isEqualTo(type);
        if (type.equals("application/json")) {
            JsonPath json = JsonPath.from(client.text());
            assertThat(json.getString("outcome")).isEqualTo("connect-refused");
            assertThat(json.getInt("status")).isEqualTo(502);
            assertThat(json.getString("sentence")).contains(DEAD.authority());
        } else {
            assertThat(client.text()).startsWith("connect-refused: ").contains(DEAD.authority());
        }
        assertGivesNothingAway(client);
    }

    @Test
    void anAnswerSaysWhatFailedAndIsNotStored() {
        ReceivedResponse client = client().send(get(DEAD)).receiveResponse();
        assertThat(client.field("Proxy-Status"))
                .isEqualTo("weir; error=connection_refused; details=\"connect-refused\"");
        assertThat(client.field("Cache-Control")).isEqualTo("no-store");
        assertThat(client.field("Retry-After")).isNull();
        assertThat(client.values("Date")).hasSize(1);
    }

    @Test
    void anAnswerToHeadHasTheFieldsAndNoBody() {
        var connection = client().send(head("HEAD " + path(DEAD, "/a")));
        ReceivedResponse client = connection.receiveResponse(true);
        assertThat(client.status()).isEqualTo(502);
        assertThat(Integer.parseInt(client.field("Content-Length"))).isPositive();
        connection.send(get(DEAD));
        assertThat(connection.receiveResponse().status()).isEqualTo(502);
    }

    @Test
    void anAnswerLeavesTheConnectionOpen() {
        var connection = client();
        for (int i = 0; i < 3; i++) {
            assertThat(connection.send(get(DEAD)).receiveResponse().status()).isEqualTo(502);
        }
    }

    @Test
    void aTargetThatCannotBeForwardedIsQuotedHarmlessly() {
        ReceivedResponse client = client().send(
                        head("GET " + path(PLAIN, "/..%2f%3Cscript%3E\u00fc"), "Accept: text/html"))
                .receiveResponse();
        assertThat(client.status()).isEqualTo(400);
        assertThat(client.text()).doesNotContain("<script>");
    }

    @Test
    void aSlowUpstreamIsAnsweredForWithTheNumberAndTheSetting() {
        origin(QUICK);
        ReceivedResponse client = client().send(get(QUICK)).receiveResponse();
        assertThat(client.status()).isEqualTo(504);
        assertThat(client.field("Proxy-Status"))
                .isEqualTo("weir; error=http_response_timeout; details=\"response-timeout\"");
        assertThat(client.text()).contains("1.0 s", "responseTimeout");
    }

    static void assertGivesNothingAway(ReceivedResponse client) {
        assertThat(client.text())
                .doesNotContain("Exception", "at org.", "at dev.", "org.eclipse", "dev.weir", "<web-app", "Main-Class");
        assertThat(client.fields())
                .noneMatch(field -> field.getValue().matches(".*\\b(12\\.1|11\\.0|10\\.1)\\.\\d+.*"));
    }
}
