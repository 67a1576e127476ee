package dev.weir.it;

import static dev.weir.wire.Http2Exchange.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Http2Origin;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of HTTP/2 to upstreams: how many exchanges share one, and what becomes of them when it ends. */
@Conforms(title = "HTTP/2 upstreams: shared connections", to = "RFC 9113 §5.1.2, §6.8, §8.7")
class Http2SharingIT {
    private static final int CROWD = 100;
    private static final String SHARED = "weir.";

    private Http2Origin origin;
    private Http2Client client;
    private RunningWeir weir;

    @BeforeEach
    void onlyInTheLauncher() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
    }

    /** With parameters of the route, and shared ones with their prefix; names and values in turn. */
    private void start(Http2Origin upstream, String... params) {
        origin = upstream;
        RouteSpec route = RouteSpec.to("/a", origin.uri());
        for (int i = 0; i < params.length; i += 2) {
            route = params[i].startsWith(SHARED) ? route : route.with(params[i], params[i + 1]);
        }
        Deployment deployment = Deployment.of(route).jvmArgs("-Xmx256m");
        for (int i = 0; i < params.length; i += 2) {
            deployment = params[i].startsWith(SHARED)
                    ? deployment.shared(params[i].substring(SHARED.length()), params[i + 1])
                    : deployment;
        }
        weir = Home.LAUNCHER.start(deployment);
        client = Http2Client.connect(weir.host(), weir.port());
    }

    @AfterEach
    void stop() {
        if (weir != null) {
            Leaks.nothingIsHeld(weir);
            client.close();
            weir.close();
            origin.close();
        }
    }

    private List<Http2Exchange> ask(int times) {
        List<Http2Exchange> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(client.get("/a/" + i));
        }
        return all;
    }

    private List<Http2Exchange> accept(int times) {
        List<Http2Exchange> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(origin.accept());
        }
        return all;
    }

    private static void answer(List<Http2Exchange> upstreams) {
        upstreams.forEach(upstream -> upstream.respond(204, true));
    }

    private static void areAnswered(List<Http2Exchange> exchanges) {
        exchanges.forEach(
                exchange -> assertThat(exchange.receiveResponse().getStatus()).isEqualTo(204));
    }

    private long sockets() {
        return ProcessSockets.open(weir.pid(), port -> port == origin.port());
    }

    @Test
    void aCrowdSharesOneSocket() {
        start(Http2Origin.clear());
        List<Http2Exchange> exchanges = ask(CROWD);
        List<Http2Exchange> upstreams = accept(CROWD);
        assertThat(sockets()).isEqualTo(1);
        assertThat(origin.opened()).isEqualTo(1);
        assertThat(Status.of(weir).leased()).isEqualTo(CROWD);
        answer(upstreams);
        areAnswered(exchanges);
    }

    @Test
    void aConnectThatFailsFailsAllThatWaitForIt() {
        start(Http2Origin.clear());
        origin.close();
        List<Http2Exchange> exchanges = ask(CROWD / 2);
        for (Http2Exchange exchange : exchanges) {
            MetaData.Response refusal = exchange.receiveResponse();
            assertThat(refusal.getStatus()).isEqualTo(502);
            assertThat(values(refusal, "proxy-status"))
                    .singleElement()
                    .asString()
                    .contains("connect-refused");
        }
    }

    @Test
    void anUpstreamThatAllowsTenAtOnceGetsTenASocket() {
        start(Http2Origin.clear(10));
        List<Http2Exchange> exchanges = ask(CROWD);
        List<Http2Exchange> upstreams = accept(CROWD);
        assertThat(sockets()).isEqualTo(CROWD / 10);
        answer(upstreams);
        areAnswered(exchanges);
    }

    @Test
    void beyondTheSocketsOfTheRouteTheyWait() {
        start(Http2Origin.clear(10), "maxConnections", "2", "maxQueued", "80", "queueTimeout", "60s");
        List<Http2Exchange> exchanges = ask(CROWD);
        List<Http2Exchange> upstreams = accept(20);
        Awaitility.await().until(() -> Status.of(weir).queued() == 80);
        assertThat(sockets()).isEqualTo(2);
        try (Http2Client another = Http2Client.connect(weir.host(), weir.port())) {
            MetaData.Response refusal = another.get("/a/more").receiveResponse();
            assertThat(refusal.getStatus()).isEqualTo(503);
            assertThat(values(refusal, "proxy-status"))
                    .singleElement()
                    .asString()
                    .contains("pool-full");
        }
        answer(upstreams);
        for (int round = 0; round < 4; round++) {
            answer(accept(20));
        }
        areAnswered(exchanges);
        assertThat(origin.opened()).isEqualTo(2);
    }

    @Test
    void anUpstreamMayAllowMoreOrLessInTheMiddle() {
        start(Http2Origin.clear(2), "maxConnections", "1", "queueTimeout", "60s");
        List<Http2Exchange> exchanges = ask(5);
        List<Http2Exchange> upstreams = accept(2);
        Awaitility.await().until(() -> Status.of(weir).queued() == 3);
        origin.allowStreams(4);
        upstreams.addAll(accept(2));
        Awaitility.await().until(() -> Status.of(weir).queued() == 1);
        origin.allowStreams(1);
        answer(upstreams);
        answer(accept(1));
        areAnswered(exchanges);
        exchanges = ask(2);
        upstreams = accept(1);
        Awaitility.await().until(() -> Status.of(weir).queued() == 1);
        answer(upstreams);
        answer(accept(1));
        areAnswered(exchanges);
    }

    @Test
    void goAwayEndsNothingThatRunsAndNothingNewBegins() {
        start(Http2Origin.clear());
        Http2Exchange first = client.get("/a/1");
        Http2Exchange upstream = origin.accept();
        Http2Exchange second = client.get("/a/2");
        Http2Exchange last = origin.accept();
        last.goAwayAfterThis();
        Awaitility.await().untilAsserted(() -> {
            Http2Exchange next = client.get("/a/next");
            origin.accept().respond(204, true);
            assertThat(next.receiveResponse().getStatus()).isEqualTo(204);
            assertThat(origin.opened()).isEqualTo(2);
        });
        upstream.respond(204, true);
        areAnswered(List.of(first));
        last.respond(200, false).data("late", true);
        assertThat(second.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(second.receiveBody()).isEqualTo("late");
        Awaitility.await().until(() -> sockets() == 1);
    }

    @Test
    void whatGoAwayLeavesUnprocessedIsSentAgainWhateverItIs() {
        start(Http2Origin.clear());
        Http2Exchange first = client.get("/a/1");
        Http2Exchange upstream = origin.accept();
        Http2Exchange second = client.send("POST", "/a/2", false);
        origin.accept();
        second.data("hello", true);
        upstream.goAwayAfterThis();
        Http2Exchange again = origin.accept();
        assertThat(again.receiveRequest().getMethod()).isEqualTo("POST");
        assertThat(again.receiveBody()).isEqualTo("hello");
        again.respond(204, true);
        upstream.respond(204, true);
        areAnswered(List.of(first, second));
        assertThat(origin.opened()).isEqualTo(2);
    }

    @Test
    void aRefusedStreamIsSentAgainOnce() {
        start(Http2Origin.clear());
        Http2Exchange exchange = client.send("POST", "/a/", false).data("hello", true);
        Http2Exchange upstream = origin.accept();
        assertThat(upstream.receiveBody()).isEqualTo("hello");
        upstream.reset(ErrorCode.REFUSED_STREAM_ERROR);
        upstream = origin.accept();
        assertThat(upstream.receiveBody()).isEqualTo("hello");
        upstream.reset(ErrorCode.REFUSED_STREAM_ERROR);
        MetaData.Response refusal = exchange.receiveResponse();
        assertThat(refusal.getStatus()).isEqualTo(502);
        assertThat(exchange.receiveBody()).contains("refused_stream_error");
        assertThat(origin.opened()).isEqualTo(1);
    }

    @Test
    void aRefusedStreamWhoseBodyIsGoneIsNotSentAgain() {
        start(Http2Origin.clear());
        Http2Exchange exchange = client.send("POST", "/a/", false);
        Http2Exchange upstream = origin.accept();
        for (int i = 0; i < 3; i++) {
            exchange.data("hello", false);
            upstream.receiveBody(5);
        }
        upstream.reset(ErrorCode.REFUSED_STREAM_ERROR);
        assertThat(exchange.receiveResponse().getStatus()).isEqualTo(502);
        assertThat(origin.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void anExchangeWhoseConnectionIsCutIsSentAgainOnlyWhereItMayHappenTwice(String method) {
        start(Http2Origin.clear());
        List<Http2Exchange> before = ask(1);
        answer(accept(1));
        areAnswered(before);
        Http2Exchange exchange = client.send(method, "/a/", true);
        origin.accept();
        origin.cut();
        if (method.equals("GET")) {
            origin.accept().respond(204, true);
            areAnswered(List.of(exchange));
        } else {
            assertThat(exchange.receiveResponse().getStatus()).isEqualTo(502);
            assertThat(origin.hasMore()).isFalse();
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterItsTime() {
        start(Http2Origin.clear(), "weir.idleTimeout", "1s");
        List<Http2Exchange> exchanges = ask(3);
        answer(accept(3));
        areAnswered(exchanges);
        Awaitility.await().until(() -> sockets() == 0 && origin.open() == 0);
    }

    /** One that neither answers GOAWAY nor closes; its frames are written out (RFC 9113 §4.1). */
    @Test
    void anIdleConnectionIsClosedWhateverItsUpstreamSays() {
        byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        byte[] status204AndEnd = {0, 0, 1, 1, 5, 0, 0, 0, 1, (byte) 0x89};
        try (Origin mute = new Origin();
                RunningWeir started = Home.LAUNCHER.start(
                        Deployment.of(RouteSpec.to("/a", URI.create("h2c://127.0.0.1:" + mute.port())))
                                .shared("idleTimeout", "1s"));
                Http2Client asking = Http2Client.connect(started.host(), started.port())) {
            Http2Exchange exchange = asking.get("/a/");
            OriginConnection upstream = mute.accept().send(settings).send(status204AndEnd);
            assertThat(exchange.receiveResponse().getStatus()).isEqualTo(204);
            assertThat(upstream.awaitClosed()).isTrue();
            Leaks.nothingIsHeld(started);
        }
    }

    @Test
    void afterItsUsesOrItsTimeAConnectionServesWhatItServesAndNoMore() {
        start(Http2Origin.clear(), "weir.maxConnectionUses", "3", "weir.maxConnectionAge", "1h");
        List<Http2Exchange> exchanges = ask(7);
        List<Http2Exchange> upstreams = accept(7);
        assertThat(origin.opened()).isEqualTo(3);
        answer(upstreams);
        areAnswered(exchanges);
        Awaitility.await().until(() -> sockets() == 1);
    }

    @Test
    void withoutKeepAliveEachExchangeHasAConnection() {
        start(Http2Origin.clear(), "weir.keepAlive", "false");
        List<Http2Exchange> exchanges = ask(5);
        List<Http2Exchange> upstreams = accept(5);
        assertThat(sockets()).isEqualTo(5);
        answer(upstreams);
        areAnswered(exchanges);
        Awaitility.await().until(() -> sockets() == 0);
        assertThat(ProcessSockets.resting(port -> port == origin.port())).isZero();
    }

    /** Three times, so that what was never read is seen to be forgotten: a connection's window is that of a crowd. */
    @Test
    void clientsThatReadNothingStallTheirOwnStreamsAlone() {
        start(Http2Origin.clear(CROWD), "exchangeIdleTimeout", "60s");
        for (int round = 0; round < 3; round++) {
            // Another client each time: so many resets in a second end its connection.
            try (Http2Client slow = Http2Client.connect(weir.host(), weir.port(), 1000)) {
                stallAndCancel(slow, CROWD / 4);
            }
        }
        Http2Exchange large = client.get("/a/large");
        CompletableFuture<?> sent = origin.accept().respond(200, false).offer(new byte[16 << 20], true);
        assertThat(large.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(large.receiveBody()).hasSize(16 << 20);
        assertThat(sent).isCompleted();
        assertThat(origin.opened()).isEqualTo(1);
    }

    private void stallAndCancel(Http2Client slow, int times) {
        List<Http2Exchange> exchanges = new ArrayList<>();
        List<Http2Exchange> upstreams = new ArrayList<>();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            exchanges.add(slow.get("/a/" + i));
            Http2Exchange upstream = origin.accept().respond(200, false);
            upstreams.add(upstream);
            sent.add(upstream.offer(new byte[1 << 20], false));
        }
        exchanges.forEach(Http2Exchange::receiveResponse);
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .until(() -> sent.stream().noneMatch(CompletableFuture::isDone));
        Http2Exchange other = client.get("/a/other");
        origin.accept().respond(200, false).data("o".repeat(500), true);
        assertThat(other.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(other.receiveBody()).hasSize(500);
        exchanges.forEach(Http2Exchange::cancel);
        upstreams.forEach(Http2Exchange::awaitReset);
    }

    @Test
    void aFloodOfPingsEndsTheConnection() {
        start(Http2Origin.clear());
        Http2Exchange exchange = client.get("/a/");
        origin.accept();
        origin.ping(30_000);
        assertThat(exchange.receiveResponse().getStatus()).isIn(502);
        Awaitility.await().until(() -> origin.open() == 0);
    }
}
