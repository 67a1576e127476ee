package dev.weir.it;

import static dev.weir.wire.Http2Exchange.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Ending;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages between HTTP/2 clients of the launcher and upstreams of HTTP/1.1. */
@Conforms(title = "HTTP/2: messages", to = "RFC 9113 §8")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "TLS and HTTP/2 are the container's business")
class Http2IT {
    /** More than all buffers of the kernel on the way together. */
    private static final long LARGE = 32 << 20;

    private static Origin origin;
    private static RunningWeir weir;
    private Http2Client client;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        origin = new Origin();
        weir = Home.LAUNCHER.start(Deployment.of(
                        RouteSpec.to("/a", origin.uri()),
                        RouteSpec.to("/host", origin.uri()).with("preserveHost", "true"))
                .jvmArgs("-Xmx256m"));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
    }

    @BeforeEach
    void connect() {
        client = Http2Client.connect(weir.host(), weir.port());
    }

    @AfterEach
    void nothingIsLeft() {
        client.close();
        Leaks.nothingIsHeld(weir);
        origin.startOver();
    }
    /** Sends it and gives what the upstream received, which it has answered. */
    private static ReceivedRequest receive(Http2Exchange exchange) {
        OriginConnection upstream = origin.accept();
        ReceivedRequest request = upstream.receiveRequest();
        upstream.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
                .close();
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(exchange.receiveBody()).isEqualTo("ok");
        return request;
    }

    @Test
    void whomTheClientAsksIsTheUpstreamsForwardedHost() {
        ReceivedRequest request = receive(client.get("/a/x%2Fy//z?q={1}"));
        assertThat(request.target()).isEqualTo("/x%2Fy//z?q={1}");
        assertThat(request.requestLine()).endsWith(" HTTP/1.1");
        assertThat(request.values("Host")).containsExactly("127.0.0.1:" + origin.port());
        assertThat(request.field("X-Forwarded-Host")).isEqualTo(weir.host() + ":" + weir.port());
        assertThat(request.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(request.field("Via")).startsWith("2.0 weir");
        assertThat(request.values("Transfer-Encoding")).isEmpty();
        assertThat(request.values("Content-Length")).isEmpty();
    }

    @Test
    void theAuthorityIsTheHostThatIsPreserved() {
        assertThat(receive(client.get("/host/")).values("Host")).containsExactly(weir.host() + ":" + weir.port());
    }

    @Test
    void cookiesThatWereSplitAreOneFieldAgain() {
        ReceivedRequest request =
                receive(client.send("GET", "/a/", true, "cookie", "a=1", "x", "y", "cookie", "b=2", "cookie", "c=3"));
        assertThat(request.values("Cookie")).containsExactly("a=1; b=2; c=3");
    }

    @Test
    void trailersAreWelcomeAndReachTheUpstream() {
        Http2Exchange exchange =
                client.send("PUT", "/a/", false, "te", "trailers").data("hello", false);
        exchange.trailers("x-sum", "42");
        ReceivedRequest request = receive(exchange);
        assertThat(request.trailers()).containsExactly(java.util.Map.entry("x-sum", "42"));
        assertThat(request.values("TE")).containsExactly("trailers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "GET", "PROPFIND"})
    void aBodyWithoutALengthIsChunkedUpstream(String method) {
        Http2Exchange exchange = client.send(method, "/a/", false);
        OriginConnection upstream = origin.accept();
        ReceivedRequest head = upstream.receiveHead();
        assertThat(head.field("Transfer-Encoding")).isEqualTo("chunked");
        exchange.data("hello ", false).data("world", true);
        ReceivedRequest request = upstream.receiveBody(head);
        assertThat(request.text()).isEqualTo("hello world");
        upstream.send(BehaviourSuite.OK);
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(exchange.receiveBody()).isEqualTo("ok");
    }

    @Test
    void aBodyWithALengthKeepsIt() {
        Http2Exchange exchange = client.send("PUT", "/a/", false, "content-length", "5");
        exchange.data("hello", true);
        ReceivedRequest request = receive(exchange);
        assertThat(request.field("Content-Length")).isEqualTo("5");
        assertThat(request.text()).isEqualTo("hello");
    }

    @Test
    void aPostWithoutABodyHasTheLengthZeroUpstream() {
        assertThat(receive(client.send("POST", "/a/", true)).field("Content-Length"))
                .isEqualTo("0");
    }

    @Test
    void aBodyThatDoesNotMatchItsLengthIsNeverWholeUpstream() {
        Http2Exchange exchange = client.send("PUT", "/a/", false, "content-length", "9");
        OriginConnection upstream = origin.accept();
        ReceivedRequest head = upstream.receiveHead();
        exchange.data("hello", true);
        assertThat(upstream.receiveBody(head).ending()).isEqualTo(Ending.ABORTED);
        assertThat(exchange.awaitReset()).isEqualTo(ErrorCode.PROTOCOL_ERROR.code);
    }

    @Test
    void trailersBeforeTheLengthIsReachedAreNoEndUpstream() {
        Http2Exchange exchange = client.send("PUT", "/a/", false, "content-length", "9");
        OriginConnection upstream = origin.accept();
        ReceivedRequest head = upstream.receiveHead();
        exchange.data("hello", false).trailers("x", "y");
        assertThat(upstream.receiveBody(head).ending()).isEqualTo(Ending.ABORTED);
    }

    @Test
    void aClientThatCancelsWhileTheUpstreamThinksEndsTheExchangeThere() {
        Http2Exchange exchange = client.get("/a/");
        OriginConnection upstream = origin.accept().skipRequest();
        exchange.cancel();
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aClientThatDisconnectsWhileTheUpstreamThinksEndsAllItsExchangesThere() {
        client.get("/a/1");
        OriginConnection one = origin.accept().skipRequest();
        client.get("/a/2");
        OriginConnection two = origin.accept().skipRequest();
        client.close();
        assertThat(one.awaitClosed()).isTrue();
        assertThat(two.awaitClosed()).isTrue();
    }

    @Test
    void aClientThatCancelsAnUploadCutsItUpstream() {
        Http2Exchange exchange = client.send("POST", "/a/", false);
        OriginConnection upstream = origin.accept();
        ReceivedRequest head = upstream.receiveHead();
        exchange.data("begun", false).cancel();
        assertThat(upstream.receiveBody(head).ending()).isEqualTo(Ending.ABORTED);
    }

    @Test
    void aClientThatCancelsADownloadEndsItUpstreamAndOtherStreamsGoOn() {
        Http2Exchange one = client.get("/a/1");
        OriginConnection upstream = origin.accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
        one.receiveResponse();
        one.cancel();
        assertThat(upstream.awaitClosed()).isTrue();
        receive(client.get("/a/2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\n12345", "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n"})
    void anUpstreamThatFailsAfterItsHeadIsAResetAndNoEnd(String begun) {
        Http2Exchange exchange = client.get("/a/");
        OriginConnection upstream = origin.accept().skipRequest().send("HTTP/1.1 200 OK\r\n" + begun);
        exchange.receiveResponse();
        upstream.close();
        assertThat(exchange.awaitReset()).isEqualTo(ErrorCode.INTERNAL_ERROR.code);
        receive(client.get("/a/other"));
    }

    @Test
    void theFieldsOfAResponseArriveWithoutThoseOfTheConnection() {
        Http2Exchange exchange = client.get("/a/");
        origin.accept()
                .skipRequest()
                .send(
                        "HTTP/1.1 404 Nope\r\nX-One: 1\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=3\r\n"
                                + "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        MetaData.Response response = exchange.receiveResponse();
        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(values(response, "x-one")).containsExactly("1");
        assertThat(values(response, "set-cookie")).containsExactly("a=1", "b=2");
        for (String name : new String[] {"connection", "x-hop", "keep-alive", "transfer-encoding"}) {
            assertThat(values(response, name)).as(name).isEmpty();
        }
        assertThat(values(response, "via")).singleElement().asString().startsWith("1.1 weir");
        assertThat(exchange.receiveBody()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET 204 No Content\r\n",
                "GET 304 Not Modified\r\nContent-Length: 9\r\n",
                "HEAD 200 OK\r\nContent-Length: 9\r\n"
            })
    void answersWithoutABodyEndWithTheirHead(String script) {
        String method = script.substring(0, script.indexOf(' '));
        Http2Exchange exchange = client.send(method, "/a/", true);
        origin.accept().skipRequest().send("HTTP/1.1" + script.substring(method.length()) + "\r\n");
        MetaData.Response response = exchange.receiveResponse();
        assertThat(script).contains(Integer.toString(response.getStatus()));
        if (script.contains("Length")) {
            assertThat(values(response, "content-length")).containsExactly("9");
        }
        assertThat(exchange.receiveBody()).isEmpty();
    }

    @Test
    void anAnswerDuringTheUploadArrivesWholeAndStopsTheUpload() {
        Http2Exchange exchange = client.send("POST", "/a/", false);
        OriginConnection upstream = origin.accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(413);
        assertThat(exchange.receiveBody()).isEqualTo("big");
        assertThat(exchange.awaitReset()).isEqualTo(ErrorCode.NO_ERROR.code);
    }

    @Test
    void anInterimResponseGoesBeforeAnUploadThatWaitsForIt() {
        Http2Exchange exchange = client.send("PUT", "/a/", false, "content-length", "5", "expect", "100-continue");
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(100);
        exchange.data("hello", true);
        assertThat(receive(exchange).text()).isEqualTo("hello");
    }

    @Test
    void aClientThatReadsNothingStallsItsOwnUpstreamAlone() {
        client.close();
        client = Http2Client.connect(weir.host(), weir.port(), 1000);
        Http2Exchange slow = client.get("/a/slow");
        OriginConnection upstream = origin.accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        slow.receiveResponse();
        long sent = upstream.sendUntilStalled(new byte[64 << 10], Duration.ofMillis(500));
        assertThat(sent).isLessThan(LARGE / 2);
        receive(client.get("/a/other"));
        slow.cancel();
    }

    @Test
    void anUpstreamThatReadsNothingStallsItsClientWithinTheWindow() {
        Http2Exchange exchange = client.send("POST", "/a/", false);
        OriginConnection upstream = origin.accept();
        upstream.receiveHead();
        byte[] body = new byte[(int) LARGE];
        CompletableFuture<?> sent = exchange.offer(body, true);
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> !sent.isDone());
        receive(client.get("/a/other"));
        exchange.cancel();
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void aRefusalIsInOurForm() {
        Http2Exchange exchange = client.get("/nowhere");
        MetaData.Response response = exchange.receiveResponse();
        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(values(response, "proxy-status")).singleElement().asString().contains("no-route");
        assertThat(exchange.receiveBody()).startsWith("no-route: ");
    }
}
