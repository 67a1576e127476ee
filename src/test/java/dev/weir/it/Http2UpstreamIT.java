package dev.weir.it;

import static dev.weir.wire.Http2Exchange.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Http2Origin;
import dev.weir.wire.ReceivedResponse;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to upstreams of HTTP/2, from clients of either version. */
@Conforms(title = "HTTP/2 upstreams: messages", to = "RFC 9113 §8; peers: none of the servlet proxies speaks it")
class Http2UpstreamIT {
    private static Http2Origin origin;
    private static Http2Origin secure;
    private static RunningWeir weir;
    private Http2Client client;
    private Client old;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        origin = Http2Origin.clear();
        secure = Http2Origin.secure(SuiteCertificates.TRUSTED.context());
        weir = Home.LAUNCHER.start(Deployment.of(
                        RouteSpec.to("/a", origin.uri()),
                        RouteSpec.to("/host", origin.uri()).with("preserveHost", "true"),
                        RouteSpec.to("/tls", secure.uri()))
                .shared("upstreamCa", SuiteCertificates.trusted().toString())
                .jvmArgs("-Xmx256m"));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
            secure.close();
        }
    }

    @BeforeEach
    void connect() {
        client = Http2Client.connect(weir.host(), weir.port());
        old = Client.connect(weir.host(), weir.port());
    }

    @AfterEach
    void nothingIsLeft() {
        client.close();
        old.close();
        Leaks.nothingIsHeld(weir);
        assertThat(origin.hasMore()).as("requests that nobody expected").isFalse();
    }

    private static String head(String request, String... fields) {
        return request + " HTTP/1.1\r\nHost: " + weir.host() + ":" + weir.port() + "\r\n"
                + String.join(
                        "",
                        List.of(fields).stream().map(field -> field + "\r\n").toList()) + "\r\n";
    }

    /** That exchanges still go through, and over no more connections than before. */
    private void theConnectionServesOn(int openedBefore) {
        Http2Exchange exchange = client.get("/a/next");
        origin.accept().respond(204, true);
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(204);
        assertThat(origin.opened()).isEqualTo(openedBefore);
    }

    @Test
    void aRequestOfHttp1ReachesItWithoutTheFieldsOfTheConnection() {
        old.send(head("GET /a/x%2Fy//z?q={1}", "Connection: close, X-Hop", "X-Hop: 1", "X-Own: 2", "TE: gzip"));
        Http2Exchange upstream = origin.accept();
        MetaData.Request request = upstream.receiveRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getHttpURI().getPathQuery()).isEqualTo("/x%2Fy//z?q={1}");
        assertThat(request.getHttpURI().getAuthority()).isEqualTo("127.0.0.1:" + origin.port());
        assertThat(request.getHttpURI().getScheme()).isEqualTo("http");
        assertThat(request.getHttpFields().getFieldNamesCollection())
                .doesNotContain("host", "connection", "x-hop", "transfer-encoding", "te")
                .contains("x-own", "via", "x-forwarded-host");
        upstream.respond(200, false, "content-length", "2", "x-up", "1").data("ok", true);
        ReceivedResponse response = old.receiveResponse();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.field("X-Up")).isEqualTo("1");
    }

    @Test
    void aRequestOfHttp2ReachesItOverTls() {
        Http2Exchange exchange = client.send("POST", "/tls/", false);
        Http2Exchange upstream = secure.accept();
        assertThat(upstream.receiveRequest().getHttpURI().getScheme()).isEqualTo("https");
        exchange.data("hello", true);
        assertThat(upstream.receiveBody()).isEqualTo("hello");
        upstream.respond(200, false).data("ok", true);
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(exchange.receiveBody()).isEqualTo("ok");
    }

    @Test
    void theHostThatIsPreservedIsTheAuthority() {
        Http2Exchange exchange = client.get("/host/?");
        Http2Exchange upstream = origin.accept();
        MetaData.Request request = upstream.receiveRequest();
        assertThat(request.getHttpURI().getAuthority()).isEqualTo(weir.host() + ":" + weir.port());
        upstream.respond(302, true, "location", "http://127.0.0.1:" + origin.port() + "/else");
        assertThat(values(exchange.receiveResponse(), "location")).containsExactly("/host/else");
    }

    @Test
    void trailersTravelBothWaysBetweenHttp2() {
        Http2Exchange exchange = client.send("PUT", "/a/", false, "te", "trailers");
        Http2Exchange upstream = origin.accept();
        assertThat(values(upstream.receiveRequest(), "te")).containsExactly("trailers");
        exchange.data("hello", false).trailers("x-sum", "42");
        assertThat(upstream.receiveBody()).isEqualTo("hello");
        assertThat(values(upstream.receiveHead().getMetaData(), "x-sum")).containsExactly("42");
        upstream.respond(200, false).data("ok", false).trailers("x-end", "43");
        exchange.receiveResponse();
        assertThat(exchange.receiveBody()).isEqualTo("ok");
        assertThat(values(exchange.receiveHead().getMetaData(), "x-end")).containsExactly("43");
    }

    @Test
    void trailersTravelBothWaysBetweenTheVersions() {
        old.send(head("PUT /a/", "TE: trailers", "Connection: TE", "Transfer-Encoding: chunked"))
                .send("2\r\nhi\r\n0\r\nX-Sum: 42\r\n\r\n");
        Http2Exchange upstream = origin.accept();
        assertThat(values(upstream.receiveRequest(), "te")).containsExactly("trailers");
        assertThat(upstream.receiveBody()).isEqualTo("hi");
        assertThat(values(upstream.receiveHead().getMetaData(), "x-sum")).containsExactly("42");
        upstream.respond(200, false).data("ok", false).trailers("x-end", "43");
        ReceivedResponse response = old.receiveResponse();
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.trailers()).containsExactly(Map.entry("x-end", "43"));
    }

    @Test
    void aHeadIsSentBeforeTheFirstByteOfItsBodyAndTheAnswerBeforeItsLast() {
        Http2Exchange exchange = client.send("POST", "/a/", false);
        Http2Exchange upstream = origin.accept().respond(200, false);
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
        for (String part : List.of("one", "two", "three")) {
            exchange.data(part, false);
            upstream.data(upstream.receiveBody(part.length()), false);
            assertThat(exchange.receiveBody(part.length())).isEqualTo(part);
        }
        exchange.data("", true);
        assertThat(upstream.receiveBody()).isEmpty();
        upstream.data("", true);
        assertThat(exchange.receiveBody()).isEmpty();
    }

    @Test
    void interimResponsesGoThrough() {
        Http2Exchange exchange = client.send("PUT", "/a/", false, "expect", "100-continue", "content-length", "5");
        Http2Exchange upstream = origin.accept();
        upstream.respond(103, false, "link", "</a>")
                .respond(103, false, "link", "</b>")
                .respond(100, false);
        assertThat(values(exchange.receiveResponse(), "link")).containsExactly("</a>");
        assertThat(values(exchange.receiveResponse(), "link")).containsExactly("</a/b>");
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(100);
        exchange.data("hello", true);
        assertThat(upstream.receiveBody()).isEqualTo("hello");
        upstream.respond(200, false).data("ok", true);
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(exchange.receiveBody()).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({"GET,204,", "GET,304,9", "HEAD,200,9", "HEAD,200,", "GET,200,0"})
    void answersWithoutABodyEndWithTheirHead(String method, int status, String length) {
        String[] fields = length == null ? new String[0] : new String[] {"content-length", length};
        Http2Exchange exchange = client.send(method, "/a/", true);
        origin.accept().respond(status, true, fields);
        MetaData.Response response = exchange.receiveResponse();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(values(response, "content-length")).isEqualTo(length == null ? List.of() : List.of(length));
        assertThat(exchange.receiveBody()).isEmpty();
        old.send(head(method + " /a/"));
        origin.accept().respond(status, true, fields);
        assertThat(old.receiveResponse(method.equals("HEAD")).status()).isEqualTo(status);
    }

    @Test
    void aHeadAloneIsAnAnswerOfAnEmptyBody() {
        old.send(head("GET /a/"));
        origin.accept().respond(200, true);
        ReceivedResponse response = old.receiveResponse();
        assertThat(response.text()).isEmpty();
        assertThat(response.ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void aBodyThatEndsBeforeItsLengthBeforeItBeganIsInvalid() {
        Http2Exchange exchange = client.get("/a/");
        origin.accept().respond(200, true, "content-length", "5");
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "trailers", "long"})
    void aBodyThatDoesNotMatchItsLengthIsNeverWhole(String how) {
        Http2Exchange exchange = client.get("/a/");
        Http2Exchange upstream = origin.accept().respond(200, false, "content-length", "5");
        exchange.receiveResponse();
        switch (how) {
            case "short" -> upstream.data("123", true);
            case "trailers" -> upstream.data("123", false).trailers("x", "y");
            default -> upstream.data("1234567", true);
        }
        assertThat(exchange.awaitReset()).isEqualTo(ErrorCode.INTERNAL_ERROR.code);
    }

    @Test
    void aHeadThatIsTooLargeEndsItsExchangeAlone() {
        Http2Exchange other = client.get("/a/other");
        Http2Exchange upstreamOfOther = origin.accept();
        Http2Exchange exchange = client.get("/a/");
        origin.accept().respond(200, false, "x-large", "x".repeat(40 << 10));
        MetaData.Response refusal = exchange.receiveResponse();
        assertThat(refusal.getStatus()).isEqualTo(502);
        assertThat(values(refusal, "proxy-status")).singleElement().asString().contains("response-head-too-large");
        upstreamOfOther.respond(204, true);
        assertThat(other.receiveResponse().getStatus()).isEqualTo(204);
    }

    @Test
    void aClientThatLeavesCancelsItsStreamAndNoConnection() {
        Http2Exchange exchange = client.send("POST", "/a/", false);
        Http2Exchange upstream = origin.accept();
        int opened = origin.opened();
        exchange.cancel();
        assertThat(upstream.awaitReset()).isEqualTo(ErrorCode.CANCEL_STREAM_ERROR.code);
        exchange = client.get("/a/");
        upstream = origin.accept().respond(200, false).data("begun", false);
        exchange.receiveResponse();
        exchange.cancel();
        assertThat(upstream.awaitReset()).isEqualTo(ErrorCode.CANCEL_STREAM_ERROR.code);
        theConnectionServesOn(opened);
    }

    @Test
    void anOldClientThatLeavesCancelsItsStreamAndNoConnection() {
        old.send(head("GET /a/"));
        Http2Exchange upstream = origin.accept();
        int opened = origin.opened();
        old.close();
        assertThat(upstream.awaitReset()).isEqualTo(ErrorCode.CANCEL_STREAM_ERROR.code);
        theConnectionServesOn(opened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aStreamThatIsResetBeforeItsHeadIsRefusedAndNeverSentAgain(String method) {
        Http2Exchange exchange = client.send(method, "/a/", true);
        Http2Exchange upstream = origin.accept();
        int opened = origin.opened();
        upstream.reset(ErrorCode.INTERNAL_ERROR);
        MetaData.Response refusal = exchange.receiveResponse();
        assertThat(refusal.getStatus()).isEqualTo(502);
        assertThat(values(refusal, "proxy-status")).singleElement().asString().contains("closed");
        assertThat(exchange.receiveBody()).contains("reset the stream", "internal_error");
        theConnectionServesOn(opened);
    }

    @Test
    void aStreamThatIsResetAfterItsHeadIsAnAbortForEitherClient() {
        Http2Exchange exchange = client.get("/a/");
        Http2Exchange upstream = origin.accept().respond(200, false).data("begun", false);
        int opened = origin.opened();
        exchange.receiveResponse();
        assertThat(exchange.receiveBody(5)).isEqualTo("begun");
        upstream.reset(ErrorCode.INTERNAL_ERROR);
        assertThat(exchange.awaitReset()).isEqualTo(ErrorCode.INTERNAL_ERROR.code);

        old.send(head("GET /a/"));
        upstream = origin.accept().respond(200, false).data("begun", false);
        ReceivedResponse response = old.receiveHead();
        upstream.reset(ErrorCode.CANCEL_STREAM_ERROR);
        assertThat(old.receiveBody(response).ending()).isEqualTo(Ending.ABORTED);
        theConnectionServesOn(opened);
    }

    @Test
    void anAnswerDuringTheUploadArrivesWholeAndStopsTheUpload() {
        Http2Exchange exchange = client.send("POST", "/a/", false);
        Http2Exchange upstream = origin.accept();
        int opened = origin.opened();
        upstream.respond(413, false).data("big", true);
        upstream.reset(ErrorCode.NO_ERROR);
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(413);
        assertThat(exchange.receiveBody()).isEqualTo("big");
        assertThat(exchange.awaitReset()).isEqualTo(ErrorCode.NO_ERROR.code);
        theConnectionServesOn(opened);
    }
}
