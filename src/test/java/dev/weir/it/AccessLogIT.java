package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the access log's combined lines say, in each home; each test asks with a query of its own. */
class AccessLogIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final byte[] MEGABYTE = Payload.of(1 << 20, 4);
    private static final String MILLIS = "\\d+\\.\\d{3}";
    private static final Pattern LINE =
            Pattern.compile("127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]"
                    + " \"(?<request>[^\"]+)\" (?<status>\\S+) (?<bytes>\\S+) \"(?<referer>(?:[^\"\\\\]|\\\\.)*)\""
                    + " \"(?<agent>(?:[^\"\\\\]|\\\\.)*)\" (?<ours>.*)");

    private final String query = "?n=" + UUID.randomUUID();

    @Override
    Deployment deployment() {
        return super.deployment().shared("accessLog", "combined");
    }

    private String target(SuiteRoute route) {
        return path(route, "/a") + query;
    }

    private Client ask(String method, SuiteRoute route, String... fields) {
        return client().send(head(method + " " + target(route), fields));
    }

    /** The one line of the test's request, taken apart. */
    private Map<String, String> line() {
        List<String> lines = await().until(
                        () -> weir().log()
                                .lines()
                                .filter(line -> line.contains(query))
                                .toList(),
                        found -> !found.isEmpty());
        assertThat(lines).hasSize(1);
        Matcher parts = LINE.matcher(lines.get(0));
        assertThat(parts.matches()).as("%s", lines).isTrue();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String group : List.of("request", "status", "bytes", "referer", "agent")) {
            fields.put(group, parts.group(group));
        }
        for (String field : parts.group("ours").split(" ")) {
            fields.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
        }
        return fields;
    }

    @Test
    void anOrdinaryExchange() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Client client = client().send(head(
                        "POST " + target(ROUTE),
                        "Content-Length: 5",
                        "Referer: http://a/?\"\\",
                        "User-Agent: \u00e9 curl",
                        "X-Request-Id: mine-1",
                        "traceparent: " + trace,
                        "tracestate: a=b,c=d",
                        "Authorization: Bearer s3cret",
                        "Cookie: s3cret=1")
                + "12345");
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest request = upstream.receiveRequest();
        upstream.send(OK);
        assertThat(client.receiveResponse().text()).isEqualTo("ok");
        assertThat(request.field("X-Request-Id")).isEqualTo("mine-1");
        assertThat(request.field("traceparent")).isEqualTo(trace);
        assertThat(request.field("tracestate")).isEqualTo("a=b,c=d");
        Map<String, String> line = line();
        assertThat(line)
                .containsEntry("request", "POST " + target(ROUTE) + " HTTP/1.1")
                .containsEntry("status", "200")
                .containsEntry("bytes", "2")
                .containsEntry("referer", "http://a/?\\\"\\\\")
                .containsEntry("outcome", "ok")
                .containsEntry("to", "http://" + ROUTE.authority())
                .containsEntry("in", "5")
                .containsEntry("out", "2")
                .containsEntry("retries", "0")
                .containsEntry("id", "mine-1");
        assertThat(line.get("agent")).matches("(\\\\x[0-9a-f]{2})+ curl");
        assertThat(List.of(line.get("queue"), line.get("connect"), line.get("first"), line.get("total")))
                .allMatch(time -> time.matches(MILLIS));
        assertThat(weir().log()).doesNotContain("s3cret");
    }

    @Test
    void whoHasNoSaneIdIsGivenOneWhichTheUpstreamHearsOf() {
        Client client = ask("GET", ROUTE, "X-Request-Id: not one", "X-Request-Id: but two");
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest request = upstream.receiveRequest();
        upstream.send(OK);
        client.receiveResponse();
        assertThat(request.values("X-Request-Id")).hasSize(1);
        assertThat(request.field("X-Request-Id")).matches("[0-9a-f]{32}");
        assertThat(line()).containsEntry("id", request.field("X-Request-Id"));
    }

    @Test
    void aRouteThatTellsNothingMakesNoId() {
        Client client = ask("GET", SuiteRoute.SILENT);
        OriginConnection upstream = origin(SuiteRoute.SILENT).accept();
        ReceivedRequest request = upstream.receiveRequest();
        upstream.send(OK);
        client.receiveResponse();
        assertThat(request.field("X-Request-Id")).isNull();
        assertThat(line()).containsEntry("id", "-");
    }

    @Test
    void aResponseWithoutABodyHasNoBytes() {
        Client client = ask("HEAD", ROUTE);
        origin(ROUTE).accept().skipRequest().send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
        assertThat(client.receiveResponse(true).status()).isEqualTo(304);
        assertThat(line())
                .containsEntry("status", "304")
                .containsEntry("bytes", "-")
                .containsEntry("out", "0")
                .containsEntry("outcome", "ok");
    }

    @Test
    void whatIsRefusedBeforeItGoesAnywhere() {
        ReceivedResponse refused = ask("GET", ROUTE, "Max-Forwards: 0").receiveResponse();
        assertThat(refused.status()).isEqualTo(508);
        assertThat(line())
                .containsEntry("status", "508")
                .containsEntry("bytes", String.valueOf(refused.body().length))
                .containsEntry("outcome", "loop")
                .containsEntry("to", "-")
                .containsEntry("queue", "-")
                .containsEntry("first", "-");
    }

    @Test
    void whatIsAnsweredHere() {
        assertThat(ask("OPTIONS", ROUTE, "Max-Forwards: 0").receiveResponse().status())
                .isEqualTo(200);
        assertThat(line())
                .containsEntry("status", "200")
                .containsEntry("outcome", "ok")
                .containsEntry("to", "-");
    }

    @Test
    void whatNoRouteClaims() {
        String target = weir().contextPath() + "/nobody" + query;
        assertThat(client().send(head("GET " + target)).receiveResponse().status())
                .isEqualTo(404);
        assertThat(line())
                .containsEntry("request", "GET " + target + " HTTP/1.1")
                .containsEntry("status", "404")
                .containsEntry("outcome", "no-route")
                .containsEntry("route", "-")
                .doesNotContainEntry("bytes", "0");
    }

    @Test
    void whatFailsBeforeTheHead() {
        ReceivedResponse refused = ask("GET", SuiteRoute.DEAD).receiveResponse();
        Map<String, String> line = line();
        assertThat(line)
                .containsEntry("status", "502")
                .containsEntry("bytes", String.valueOf(refused.body().length))
                .containsEntry("outcome", "connect-refused")
                .containsEntry("to", "http://" + SuiteRoute.DEAD.authority())
                .containsEntry("connect", "-")
                .containsEntry("first", "-");
        assertThat(line.get("queue")).matches(MILLIS);
    }

    @Test
    void whatIsCut() {
        Client client = ask("GET", ROUTE);
        origin(ROUTE)
                .accept()
                .skipRequest()
                .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12345")
                .close();
        assertThat(client.receiveResponse().ending()).isEqualTo(Ending.ABORTED);
        assertThat(line())
                .containsEntry("status", "200")
                .containsEntry("outcome", "truncated")
                .containsEntry("out", "5");
    }

    @Test
    void whoLeaves() {
        Client client = ask("GET", ROUTE);
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n1");
        client.receiveHead();
        client.reset();
        await().until(() -> isCut(upstream));
        assertThat(line()).containsEntry("status", "499").containsEntry("outcome", "client-gone");
    }

    private static boolean isCut(OriginConnection upstream) {
        try {
            upstream.send(MEGABYTE);
            return false;
        } catch (UncheckedIOException cut) {
            return true;
        }
    }

    @Test
    void aTunnelAtItsEnd() {
        Client client = ask("GET", ROUTE, "Connection: Upgrade", "Upgrade: echo/1");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n\r\nhello");
        assertThat(client.receiveHead().status()).isEqualTo(101);
        client.readBody(5);
        client.send("hi!");
        upstream.readBody(3);
        assertThat(weir().log()).doesNotContain(query);
        client.finish();
        assertThat(upstream.awaitClosed()).isTrue();
        upstream.close();
        assertThat(line())
                .containsEntry("status", "101")
                .containsEntry("bytes", "5")
                .containsEntry("outcome", "ok")
                .containsEntry("in", "3")
                .containsEntry("out", "5");
    }

    @Test
    void whatIsSentOnceMore() {
        Client first = get(path(ROUTE, "/first"), "");
        OriginConnection stale = origin(ROUTE).accept().skipRequest().send(Origin.ok("first"));
        first.receiveResponse();
        await().until(() -> Status.of(weir()).leased() == 0);
        Client client = ask("GET", ROUTE);
        stale.skipRequest().close();
        origin(ROUTE).accept().skipRequest().send(OK);
        assertThat(client.receiveResponse().text()).isEqualTo("ok");
        assertThat(line())
                .containsEntry("status", "200")
                .containsEntry("retries", "1")
                .containsEntry("outcome", "ok");
    }
}
