package dev.weir.it;

import static dev.weir.wire.Http2Bytes.CONTINUATION;
import static dev.weir.wire.Http2Bytes.GOAWAY;
import static dev.weir.wire.Http2Bytes.HEADERS;
import static dev.weir.wire.Http2Bytes.PING;
import static dev.weir.wire.Http2Bytes.RST_STREAM;
import static dev.weir.wire.Http2Bytes.SETTINGS;
import static dev.weir.wire.Http2Bytes.WHOLE;
import static dev.weir.wire.Http2Bytes.begin;
import static dev.weir.wire.Http2Bytes.block;
import static dev.weir.wire.Http2Bytes.frame;
import static dev.weir.wire.Http2Bytes.receiveOutcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Http2Bytes;
import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one HTTP/2 client of the launcher may take, and how long for it. */
@Conforms(title = "HTTP/2: bounds", to = "RFC 9113 §10.5, CVE-2023-44487, CVE-2024-27316")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "TLS and HTTP/2 are the container's business")
class Http2LimitsIT {
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(2);
    /** The README's second, and one for a busy machine. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final byte[] REQUEST = block(":method", "GET", ":scheme", "http", ":path", "/a/", ":authority", "h");

    private static Origin origin;
    private static RunningWeir weir;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        origin = new Origin();
        weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/a", origin.uri()))
                .shared("headTimeout", "2s")
                .shared("clientIdleTimeout", "8s")
                .jvmArgs("-Xmx256m"));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        Leaks.nothingIsHeld(weir);
        origin.startOver();
    }

    private static Client connect() {
        return Client.connect(weir.host(), weir.port());
    }

    private static Duration untilClosed(Client client) {
        long begin = System.nanoTime();
        assertThat(client.awaitClosed()).isTrue();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Sends byte after byte until the other end is closed; how long that took. */
    private static Duration drip(Client client, byte[] bytes) {
        long begin = System.nanoTime();
        client.patience(Duration.ofMillis(100));
        for (int i = 0; !client.awaitClosed(); i++) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
            try {
                client.send(Arrays.copyOfRange(bytes, i, i + 1));
            } catch (java.io.UncheckedIOException closed) {
                break;
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRI * HT", "PRI * HTTP/2.0\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
    void whoStopsInThePrefaceIsCut(String begun) {
        try (Client client = connect()) {
            client.send(begun);
            assertThat(untilClosed(client)).isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
        }
    }

    @Test
    void whoDripsItsSettingsIsCut() {
        try (Client client = connect()) {
            client.send(Http2Bytes.PREFACE);
            assertThat(drip(client, frame(SETTINGS, 0, 0, new byte[600])))
                    .isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
        }
    }

    @Test
    void aHeadThatDripsIsCut() {
        try (Client client = connect()) {
            begin(client);
            assertThat(drip(client, frame(HEADERS, WHOLE, 1, new byte[600])))
                    .isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
        }
    }

    @Test
    void aHeadWhoseContinuationNeverComesIsCut() {
        try (Client client = connect()) {
            begin(client).send(frame(HEADERS, 1, 1, REQUEST)).send(frame(CONTINUATION, 0, 1, block("x", "y")));
            assertThat(receiveOutcome(client).error()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code);
            assertThat(untilClosed(client)).isLessThan(LATE);
        }
    }

    @Test
    void anIdleConnectionIsKeptWhateverPingsItSends() {
        try (Client client = connect()) {
            begin(client);
            client.patience(Duration.ofSeconds(1));
            for (int i = 0; i < HEAD_TIMEOUT.toSeconds() + 2; i++) {
                client.send(frame(PING, 0, 0, new byte[8]));
                assertThat(client.awaitClosed()).isFalse();
            }
        }
    }

    @Test
    void aConnectionThatIsIdleForLongIsToldSoAndClosed() {
        try (Client client = connect()) {
            begin(client);
            Http2Bytes.Frame last = receiveOutcome(client.patience(Duration.ofSeconds(12)));
            assertThat(last.type()).isEqualTo(GOAWAY);
            assertThat(last.error()).isZero();
            assertThat(client.awaitClosed()).isTrue();
        }
    }

    @Test
    void anAnswerMayTakeLongerThanAnIdleConnection() {
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port())) {
            Http2Exchange exchange = client.get("/a/");
            var upstream = origin.accept().skipRequest();
            upstream.patience(Duration.ofSeconds(10));
            assertThat(upstream.awaitClosed()).as("given up").isFalse();
            upstream.send(Origin.ok("late"));
            exchange.receiveResponse();
            assertThat(exchange.receiveBody()).isEqualTo("late");
        }
    }

    @Test
    void theHundredAndFirstStreamOfAConnectionIsRefusedAndMayBeRepeated() {
        try (Client client = connect()) {
            begin(client);
            for (int i = 0; i < 101; i++) {
                client.send(frame(HEADERS, WHOLE, 1 + 2 * i, REQUEST));
            }
            Http2Bytes.Frame outcome = receiveOutcome(client);
            assertThat(outcome.type()).isEqualTo(RST_STREAM);
            assertThat(outcome.stream()).isEqualTo(201);
            assertThat(outcome.error()).isEqualTo(ErrorCode.REFUSED_STREAM_ERROR.code);
        }
    }

    @Test
    void whoOpensAndResetsInAFloodIsCutAndNothingGoesOn() {
        try (Client client = connect()) {
            begin(client);
            try {
                for (int i = 0; i < 2000; i++) {
                    client.send(frame(HEADERS, WHOLE, 1 + 2 * i, REQUEST));
                    client.send(frame(RST_STREAM, 0, 1 + 2 * i, new byte[] {0, 0, 0, 8}));
                }
            } catch (java.io.UncheckedIOException cut) {
                assertThat(cut).hasMessageContaining("");
            }
            assertThat(client.awaitClosed()).isTrue();
        }
    }

    @Test
    void whatAClientCancelsOnAUsedUpstreamConnectionIsNotSentAgain() {
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port())) {
            Http2Exchange first = client.get("/a/1");
            var upstream = origin.accept().skipRequest().send(Origin.ok("1"));
            assertThat(first.receiveBody()).isEqualTo("1");
            Leaks.nothingIsHeld(weir);
            Http2Exchange second = client.get("/a/2");
            upstream.skipRequest();
            second.cancel();
            assertThat(upstream.awaitClosed()).isTrue();
            Leaks.nothingIsHeld(weir);
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedAloneAndOneFarBeyondEndsTheConnection() {
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port())) {
            MetaData.Response response =
                    client.send("GET", "/a/", true, "x", "x".repeat(20_000)).receiveResponse();
            assertThat(response.getStatus()).isEqualTo(431);
            assertThat(response.getHttpFields().get("Proxy-Status")).contains("request-head-too-large");
            assertThat(client.get("/a/" + "x".repeat(19_000)).receiveResponse().getStatus())
                    .isEqualTo(414);
            assertThat(client.get("/nowhere").receiveResponse().getStatus()).isEqualTo(404);
        }
        try (Client client = connect()) {
            begin(client);
            client.send(frame(HEADERS, 1, 1, REQUEST));
            for (int i = 0; i < 5; i++) {
                client.send(frame(CONTINUATION, 0, 1, new byte[10_000]));
            }
            assertThat(receiveOutcome(client).type()).isEqualTo(GOAWAY);
            assertThat(client.awaitClosed()).isTrue();
        }
    }

    @Test
    void aHeadOf16KiBPasses() {
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port())) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                fields.addAll(List.of("x-" + i, "x".repeat(95)));
            }
            Http2Exchange exchange = client.send("GET", "/a/", true, fields.toArray(String[]::new));
            origin.accept().skipRequest().send(Origin.ok("ok"));
            assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1200})
    void aResponseHeadThatTheConnectionCannotCarryIsA502AndOtherStreamsGoOn(int fields) {
        try (Http2Client client = Http2Client.connect(weir.host(), weir.port())) {
            Http2Exchange other = client.get("/a/other");
            var upstream = origin.accept().skipRequest();
            Http2Exchange exchange = client.get("/a/");
            String field = "X: " + "x".repeat(fields == 1 ? 32_000 : 1) + "\r\n";
            origin.accept()
                    .skipRequest()
                    .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + field.repeat(fields) + "\r\n");
            assertThat(exchange.receiveResponse().getStatus()).isEqualTo(fields == 1 ? 200 : 502);
            upstream.send(Origin.ok("ok"));
            assertThat(other.receiveResponse().getStatus()).isEqualTo(200);
        }
    }

    @Test
    void anUpgradeToH2cIsNotFollowedNorPassedOn() {
        try (Client client = connect()) {
            client.send("GET /a/ HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n");
            var upstream = origin.accept();
            var request = upstream.receiveRequest();
            for (String name : List.of("Upgrade", "HTTP2-Settings", "Connection")) {
                assertThat(request.values(name)).as(name).isEmpty();
            }
            upstream.send(Origin.ok("ok"));
            assertThat(client.receiveResponse().text()).isEqualTo("ok");
        }
    }
}
