package dev.weir.it;

import static dev.weir.wire.Http2Bytes.HEADERS;
import static dev.weir.wire.Http2Bytes.WHOLE;
import static dev.weir.wire.Http2Bytes.begin;
import static dev.weir.wire.Http2Bytes.block;
import static dev.weir.wire.Http2Bytes.frame;
import static dev.weir.wire.Http2Bytes.receiveOutcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Http2Bytes;
import dev.weir.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be said in HTTP/1.1, or would mean something else there, reaches no upstream (RFC 9113 §10.3). */
@Conforms(title = "HTTP/2: malformed requests", to = "RFC 9113 §8.1.1, §8.2, §8.3, §10.3")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "TLS and HTTP/2 are the container's business")
class Http2MalformedIT {
    private static final int PROTOCOL_ERROR = 1;

    private static Origin origin;
    private static RunningWeir weir;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        origin = new Origin().answerAll(request -> Origin.ok("ok"));
        weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/", origin.uri()).with("preserveHost", "true")));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
    }

    /** A good request, but for these fields: an empty value takes one away. */
    private static Arguments but(String... changes) {
        Map<String, String> pseudo =
                new TreeMap<>(Map.of(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "h"));
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < changes.length; i += 2) {
            if (!pseudo.containsKey(changes[i])) {
                fields.addAll(List.of(changes[i], changes[i + 1]));
            } else if (changes[i + 1].isEmpty()) {
                pseudo.remove(changes[i]);
            } else {
                pseudo.put(changes[i], changes[i + 1]);
            }
        }
        List<String> all = new ArrayList<>();
        pseudo.forEach((name, value) -> all.addAll(List.of(name, value)));
        all.addAll(fields);
        return Arguments.of((Object) all.toArray(String[]::new));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                but(":path", "/a HTTP/1.1\r\nX: y"),
                but(":path", "/a b"),
                but(":path", "/\0"),
                but(":path", "a"),
                but(":path", ""),
                but(":path", "http://other/"),
                but(":method", "GET /x HTTP/1.1\r\nA: b\r\n\r\nGET"),
                but(":method", "G T"),
                but(":method", ""),
                but(":scheme", ""),
                but(":authority", "h\r\nX: y"),
                but(":authority", "user@h"),
                but(":authority", "h/x"),
                but(":authority", ""),
                but("host", "other"),
                but("host", "h", "host", "h"),
                but("x", "a\r\nY: b"),
                but("x", "a\nb"),
                but("x", "a\0b"),
                but("x\r\ny", "z"),
                but("x: y", "z"),
                but("x y", "z"),
                but("Upper", "case"),
                but("", "nameless"),
                but("connection", "x"),
                but("keep-alive", "timeout=1"),
                but("proxy-connection", "keep-alive"),
                but("transfer-encoding", "chunked"),
                but("upgrade", "websocket"),
                but("te", "gzip"),
                but("content-length", "5"),
                but("content-length", "x"),
                but("content-length", "-1"),
                but("content-length", "0", "content-length", "1"),
                but(":unknown", "x"),
                but("x", "y", ":status", "200"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void isRefusedAndReachesNobody(String[] fields) {
        int before = origin.connections();
        try (Client client = Client.connect(weir.host(), weir.port())) {
            begin(client).send(frame(HEADERS, WHOLE, 1, block(fields)));
            Http2Bytes.Frame outcome = receiveOutcome(client);
            if (outcome.type() == HEADERS) {
                assertThat(outcome.response().getStatus()).isEqualTo(400);
                assertThat(outcome.response().getHttpFields().get("Proxy-Status"))
                        .contains("bad-request");
            } else {
                assertThat(outcome.error()).isEqualTo(PROTOCOL_ERROR);
            }
        }
        assertThat(origin.connections()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void isAnswered(String[] fields) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            begin(client).send(frame(HEADERS, WHOLE, 1, block(fields)));
            assertThat(receiveOutcome(client).response().getStatus()).isEqualTo(200);
        }
        origin.closeIdle();
    }

    @Test
    void aTunnelIsRefusedAndTheConnectionGoesOn() {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            byte[] connect = block(":method", "CONNECT", ":authority", "h:1");
            begin(client).send(frame(HEADERS, 4, 1, connect));
            Http2Bytes.Frame outcome = receiveOutcome(client);
            assertThat(outcome.response().getStatus()).isEqualTo(501);
            byte[] get = block(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "h");
            client.send(frame(HEADERS, WHOLE, 3, get));
            assertThat(receiveOutcome(client).stream()).isEqualTo(3);
        }
        origin.closeIdle();
    }

    static Stream<Arguments> wellFormed() {
        return Stream.of(
                but(),
                but("te", "trailers"),
                but("host", "h"),
                but(":authority", "", "host", "h"),
                but("content-length", "0"),
                but(":scheme", "https"),
                but(":path", "/a%2Fb//c|{}?x={y}&%"),
                but(":method", "PROPFIND"),
                but("x", "b\u00e4"),
                but(":authority", "[::1]:80"));
    }
}
