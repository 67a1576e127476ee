package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request whose end two readers could see in two places, or that is no HTTP, is refused and its connection closed (RFC 9112
 * §6.3, §11.2): nothing of it reaches an upstream, and none of its bytes is ever taken for another request.
 */
@Conforms(title = "Framing of requests", to = "RFC 9112 §2.2, §3, §5, §6.1, §6.3, §7.1, §9.3.2, §11.2")
class ClientFramingIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;

    /** What an attacker would have the upstream see as a request of somebody else. */
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static Arguments fields(String name, String fields) {
        return Arguments.of(name, "POST %s HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n0\r\n\r\n" + SMUGGLED);
    }

    private static Arguments line(String name, String request) {
        return Arguments.of(name, request);
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                fields("two lengths that differ", "Content-Length: 5\r\nContent-Length: 6"),
                fields("two lengths in one field", "Content-Length: 5, 6"),
                fields("a length with a sign", "Content-Length: +5"),
                fields("a negative length", "Content-Length: -5"),
                fields("a length that is no number", "Content-Length: 0x5"),
                fields("a length with a space in it", "Content-Length: 5 0"),
                fields("a length beyond all numbers", "Content-Length: 99999999999999999999"),
                fields("an empty length", "Content-Length: "),
                fields("a coding that is not chunked last", "Transfer-Encoding: chunked, gzip"),
                fields("a coding twice", "Transfer-Encoding: chunked, chunked"),
                fields("a coding in two fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
                fields("identity", "Transfer-Encoding: identity"),
                fields("a coding misspelled", "Transfer-Encoding: xchunked"),
                fields("a coding with a vertical tab", "Transfer-Encoding: \u000bchunked"),
                fields("a coding in quotes", "Transfer-Encoding: \"chunked\""),
                fields("space before the colon of a coding", "Transfer-Encoding : chunked"),
                fields("space before the colon of a length", "Content-Length : 5"),
                fields("a tab before the colon", "Transfer-Encoding\t: chunked"),
                fields("a coding in a folded line", "X-A: b\r\n Transfer-Encoding: chunked"),
                fields("a folded value", "Transfer-Encoding:\r\n chunked"),
                fields("a NUL in a value", "X-A: a\u0000b"),
                fields("a NUL in a name", "X-\u0000A: b"),
                fields("a bare CR in a value", "X-A: a\rTransfer-Encoding: chunked"),
                fields("a bare CR as line end", "X-A: a\rX-B: b"),
                fields("a line without a colon", "Transfer-Encoding chunked"),
                fields("an empty name", ": b"),
                fields("a space in a name", "X A: b"),
                fields("a name beyond ASCII", "X-\u00c4: b"),
                line("two Hosts", "GET %s HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                line("no Host", "GET %s HTTP/1.1\r\nX-A: b\r\n\r\n"),
                line("a Host that is none", "GET %s HTTP/1.1\r\nHost: a b\r\n\r\n"),
                line("a Host with a path", "GET %s HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                line("space before the first field", "GET %s HTTP/1.1\r\n Host: a\r\n\r\n"),
                line("a version that is none", "GET %s HTTP/1.x\r\nHost: a\r\n\r\n"),
                line("version 2 in a text", "GET %s HTTP/2.0\r\nHost: a\r\n\r\n"),
                line("version 1.2", "GET %s HTTP/1.2\r\nHost: a\r\n\r\n"),
                line("a version in small letters", "GET %s http/1.1\r\nHost: a\r\n\r\n"),
                line("no version", "GET %s\r\nHost: a\r\n\r\n"),
                line("a method with a delimiter", "GE(T %s HTTP/1.1\r\nHost: a\r\n\r\n"),
                line("a tab in the request line", "GET\t%s HTTP/1.1\r\nHost: a\r\n\r\n"),
                line("more than a request line has", "GET %s HTTP/1.1 x\r\nHost: a\r\n\r\n"),
                line("a space before the method", " GET %s HTTP/1.1\r\nHost: a\r\n\r\n"),
                line("a NUL in the target", "GET %s\u0000 HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    /** What a home takes all the same, and makes into one request that is like any other (RFC 9112 §5.2, §3). */
    private Set<String> taken() {
        return switch (home()) {
            case LAUNCHER, JETTY -> Set.of("a version in small letters");
            case TOMCAT_11, TOMCAT_10_1 ->
                Set.of("a coding in a folded line", "a folded value", "no version", "a tab in the request line");
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    @FallsShort(
            in = {Home.LAUNCHER, Home.JETTY},
            why = "`http/1.1` in small letters is taken for HTTP/1.1")
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why =
                    "a folded line becomes one field, a tab in the request line a space, a request line without a version HTTP/0.9")
    void itIsRefusedAndNothingOfItGoesOn(String name, String request) {
        List<String> reached = recorded();
        Client client = client().send(request.formatted(path(ROUTE, "/a")));
        if (taken().contains(name)) {
            assertThat(client.readSome(1)).as(name).isNotEmpty();
            assertThat(reached).as("%s: what reached the upstream", name).containsExactly("/a");
            return;
        }
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).as("%s: %s", name, response).isBetween(400, 505);
        assertThat(client.awaitClosed()).as("%s: closed", name).isTrue();
        assertThat(reached).as("%s: what reached the upstream", name).isEmpty();
    }

    /** The targets of the whole requests that reach the upstream. */
    private List<String> recorded() {
        List<String> targets = new CopyOnWriteArrayList<>();
        origin(ROUTE).answerAll(any -> {
            targets.add(any.target());
            return Origin.ok("reached");
        });
        return targets;
    }

    static Stream<Arguments> brokenChunks() {
        return Stream.of(
                Arguments.of("no size", "\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a size that is no number", "x\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a negative size", "-3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a size with a prefix", "0x3\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("a size beyond all numbers", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
                Arguments.of("more than the size", "3\r\nabcd\r\n0\r\n\r\n"),
                Arguments.of("no line end after the chunk", "3\r\nabc0\r\n\r\n"),
                Arguments.of("space before the size", " 3\r\nabc\r\n0\r\n\r\n"));
    }

    /** The head has gone on by then, and the container may end both sides of its connection without a word. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenChunks")
    void aBrokenChunkIsNoWholeRequestForTheUpstream(String name, String body) {
        List<String> reached = recorded();
        Client client =
                client().send(head("POST " + path(ROUTE, "/a"), "Transfer-Encoding: chunked") + body + SMUGGLED);
        byte[] answer = client.readSome(12);
        assertThat(new String(answer, StandardCharsets.ISO_8859_1)).as(name).matches("|HTTP/1.1 4\\d\\d");
        assertThat(client.awaitClosed()).as("%s: closed", name).isTrue();
        assertThat(reached).as("%s: what reached the upstream", name).isEmpty();
    }

    /** However the target is spelled by which the route was found. */
    @ParameterizedTest
    @ValueSource(strings = {"/%s", "/x/..%s", "%s;v=1"})
    void aBrokenChunkEndsTheConnection(String spelling) {
        Client client = client().send(
                        head("POST " + spelling.formatted(path(ROUTE, "/a")), "Transfer-Encoding: chunked")
                                + "3\r\nabc\r\n7\n3\r\n");
        assertThat(client.awaitClosed()).isTrue();
    }

    @Test
    void aLengthBesideChunksIsRefusedOrLeftBehind() {
        origin(ROUTE)
                .answerAll(any -> Origin.ok("reached " + any.method() + any.target() + any.field("Content-Length")));
        Client client = client().send(
                        head("POST " + path(ROUTE, "/a"), "Content-Length: 5", "Transfer-Encoding: chunked")
                                + "0\r\n\r\n");
        ReceivedResponse response = client.receiveResponse();
        if (response.status() == 200) {
            assertThat(response.text()).isEqualTo("reached POST/anull");
        } else {
            assertThat(response.status()).isEqualTo(400);
            assertThat(origin(ROUTE).connections()).isZero();
        }
        assertThat(client.awaitClosed()).isTrue();
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() {
        origin(ROUTE).answerAll(any -> Origin.ok(any.target() + any.text()));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            all.append(
                    i % 2 == 0
                            ? head("GET " + path(ROUTE, "/" + i))
                            : head("POST " + path(ROUTE, "/" + i), "Content-Length: 3") + "abc");
        }
        Client client = client().send(all.toString());
        for (int i = 0; i < 10; i++) {
            assertThat(client.receiveResponse().text()).isEqualTo("/" + i + (i % 2 == 0 ? "" : "abc"));
        }
    }
}
