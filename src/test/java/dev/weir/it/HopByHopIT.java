package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to one hop stays there, both ways (RFC 9110 §7.6.1), and no field can be smuggled or removed with it. */
@Conforms(
        title = "Fields of one hop",
        to = "RFC 9110 §7.6.1, RFC 9112 §6.1; peers: what Connection names leaks (Jetty, smiley)")
class HopByHopIT extends BehaviourSuite {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authorization: Basic YTpi",
                "Proxy-Authenticate: Basic",
                "TE: gzip",
                "Upgrade: h2c\r\nConnection: Upgrade",
                "Connection: keep-alive"
            })
    void aHopByHopFieldOfTheRequestStaysHere(String field) {
        ReceivedRequest upstream =
                exchange(PLAIN, get(PLAIN, field, "X-Kept: 1")).upstream();
        assertThat(upstream.field(field.substring(0, field.indexOf(':')))).isNull();
        assertThat(upstream.field("X-Kept")).isEqualTo("1");
    }

    @Test
    void fieldsThatConnectionNamesStayHere() {
        ReceivedRequest upstream = exchange(
                        PLAIN,
                        get(
                                PLAIN,
                                "Connection: X-One, x-two",
                                "X-One: 1",
                                "X-Two: 2",
                                "X-Three: 3",
                                "Connection: ,X-FOUR ,",
                                "X-Four: 4",
                                "X-Five: 5"))
                .upstream();
        assertThat(upstream.field("X-One")).isNull();
        assertThat(upstream.field("X-Two")).isNull();
        assertThat(upstream.field("X-Four")).isNull();
        assertThat(upstream.field("Connection")).isNull();
        assertThat(upstream.field("X-Three")).isEqualTo("3");
        assertThat(upstream.field("X-Five")).isEqualTo("5");
    }

    @Test
    void connectionCannotRemoveWhatSaysWhoAsksForWhat() {
        String head = head(
                "POST " + path(PLAIN, "/a"),
                "Connection: Host, Content-Length, Authorization, Cookie, Forwarded, X-Forwarded-For, X-Forwarded-Host, Via",
                "Authorization: Basic YTpi",
                "Cookie: a=b",
                "Content-Length: 2",
                "Via: 1.1 before");
        ReceivedRequest upstream = exchange(PLAIN, head + "ok").upstream();
        assertThat(upstream.field("Host")).isEqualTo(PLAIN.authority());
        assertThat(upstream.field("Content-Length")).isEqualTo("2");
        assertThat(upstream.field("Authorization")).isEqualTo("Basic YTpi");
        assertThat(upstream.field("Cookie")).isEqualTo("a=b");
        assertThat(upstream.field("Via")).startsWith("1.1 before, 1.1 weir-");
        assertThat(upstream.field("Forwarded")).startsWith("for=127.0.0.1;");
        assertThat(upstream.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(upstream.field("X-Forwarded-Host")).isEqualTo(authority());
        assertThat(upstream.text()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authenticate: Basic",
                "Upgrade: h2c",
                "TE: trailers"
            })
    void aHopByHopFieldOfTheResponseStaysHere(String field) {
        ReceivedResponse client = exchange(PLAIN, get(PLAIN), ResponseFieldsIT.response(field, "X-Kept: 1"))
                .client();
        // What a container says of its own connection is not the upstream's.
        assertThat(client.values(field.substring(0, field.indexOf(':'))))
                .doesNotContain(field.substring(field.indexOf(':') + 2));
        assertThat(client.field("X-Kept")).isEqualTo("1");
    }

    @Test
    void fieldsThatTheResponsesConnectionNamesStayHere() {
        ReceivedResponse client = exchange(
                        PLAIN,
                        get(PLAIN),
                        ResponseFieldsIT.response(
                                "Connection: X-One",
                                "X-One: 1",
                                "X-Three: 3",
                                "Connection: x-two, close",
                                "X-Two: 2",
                                "Set-Cookie: a=b"))
                .client();
        assertThat(client.field("X-One")).isNull();
        assertThat(client.field("X-Two")).isNull();
        assertThat(client.field("Connection")).isNull();
        assertThat(client.field("X-Three")).isEqualTo("3");
        assertThat(client.field("Set-Cookie")).isEqualTo("a=b");
    }

    @Test
    void theUpstreamsConnectionCloseIsNotTheClients() {
        origin(PLAIN)
                .answerAll(request ->
                        ResponseFieldsIT.response("Connection: close").getBytes());
        var client = client();
        assertThat(client.send(get(PLAIN)).receiveResponse().status()).isEqualTo(200);
        assertThat(client.send(get(PLAIN)).receiveResponse().status()).isEqualTo(200);
        assertThat(origin(PLAIN).connections()).isEqualTo(2);
    }

    @Test
    void lengthAndTransferCodingTogetherNeverBothGoOn() {
        String head = head("POST " + path(PLAIN, "/a"), "Content-Length: 5", "Transfer-Encoding: chunked");
        Seen seen = exchange(PLAIN, head + "2\r\nok\r\n0\r\n\r\n");
        if (!seen.reachedUpstream()) {
            assertThat(seen.client().status()).isEqualTo(400);
        } else {
            assertThat(seen.upstream().field("Content-Length")).isNull();
            assertThat(seen.upstream().field("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(seen.upstream().text()).isEqualTo("ok");
        }
    }

    @Test
    void twoLengthsThatDifferAreRefused() {
        String head = head("POST " + path(PLAIN, "/a"), "Content-Length: 2", "Content-Length: 3");
        Seen seen = exchange(PLAIN, head + "oko");
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isEqualTo(400);
    }

    @Test
    void aForeignTransferCodingIsRefused() {
        String head = head("POST " + path(PLAIN, "/a"), "Transfer-Encoding: gzip");
        Seen seen = exchange(PLAIN, head + "2\r\nok\r\n0\r\n\r\n");
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isIn(400, 501);
    }

    @Test
    void theUpstreamsFramingIsItsOwnHops() {
        Seen seen = exchange(
                PLAIN, get(PLAIN), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n");
        assertThat(seen.client().text()).isEqualTo("abc");
        assertThat(seen.client().values("Transfer-Encoding").size()
                        + seen.client().values("Content-Length").size())
                .isEqualTo(1);
    }

    /** Whoever removes the coding's name must remove the coding (RFC 9112 §6.1); here nobody can. */
    @Test
    void aForeignTransferCodingBesideChunkedIsRefused() {
        String head = head("POST " + path(PLAIN, "/a"), "Transfer-Encoding: gzip, chunked");
        Seen seen = exchange(PLAIN, head + "2\r\nok\r\n0\r\n\r\n");
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isIn(400, 501);
    }

    @Test
    void aForeignTransferCodingOfTheResponseIsABadGateway() {
        Seen seen = exchange(
                PLAIN, get(PLAIN), "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        assertThat(seen.client().status()).isEqualTo(502);
        assertThat(seen.client().text()).startsWith("invalid-response: ");
    }
}
