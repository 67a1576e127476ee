package dev.weir.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fields after a chunked body travel with it (RFC 9110 §6.5), but for those that come too late to be heeded. */
@Conforms(title = "Trailers", to = "RFC 9110 §6.5, §10.1.4, RFC 9112 §7.1.2; peers: lost (Jetty, smiley)")
class TrailersIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final String TOO_LATE = "Content-Length: 7\r\nHost: other.test\r\nX-Forwarded-For: 192.0.2.1\r\n"
            + "Authorization: Basic eA==\r\nIf-Match: x\r\nVia: 1.1 other\r\n";

    private boolean isTomcat() {
        return home() == Home.TOMCAT_11 || home() == Home.TOMCAT_10_1;
    }

    /** Names in lower case: the Servlet API gives them so. */
    private static List<Map.Entry<String, String>> lowerCase(List<Map.Entry<String, String>> fields) {
        return fields.stream()
                .map(field -> entry(field.getKey().toLowerCase(java.util.Locale.ROOT), field.getValue()))
                .toList();
    }

    private ReceivedRequest upload(String body) {
        Client client =
                client().send(head("PUT " + path(ROUTE, "/a"), "Transfer-Encoding: chunked", "Trailer: X-Sum") + body);
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest request = upstream.receiveRequest();
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
        return request;
    }

    @Test
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "those that its connector names in allowedTrailerHeaders")
    void aRequestsTrailersReachTheUpstreamWhereTheHomeHandsThemOut() {
        ReceivedRequest request = upload("3\r\nabc\r\n0\r\nX-Sum: 42\r\nX-More: a\r\n" + TOO_LATE + "\r\n");
        assertThat(request.text()).isEqualTo("abc");
        assertThat(request.field("Trailer")).isEqualTo("X-Sum");
        if (isTomcat()) {
            // Its connector has to name those that it hands out: allowedTrailerHeaders, see the README.
            assertThat(request.trailers()).isEmpty();
        } else {
            assertThat(lowerCase(request.trailers()))
                    .containsExactlyInAnyOrder(entry("x-sum", "42"), entry("x-more", "a"));
        }
    }

    @Test
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "whole, without the trailers that its connector does not name")
    void aRequestOfTrailersAloneIsWhole() {
        ReceivedRequest request = upload("0\r\nX-Sum: 42\r\n\r\n");
        assertThat(request.text()).isEmpty();
        if (!isTomcat()) {
            assertThat(lowerCase(request.trailers())).containsExactly(entry("x-sum", "42"));
        }
    }

    private ReceivedResponse download(String requestHead, String response) {
        Client client = client().send(requestHead);
        origin(ROUTE).accept().skipRequest().send(response);
        return client.receiveResponse();
    }

    @Test
    void aResponsesTrailersReachTheClient() {
        ReceivedResponse response = download(
                get(ROUTE, "TE: trailers"),
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 42\r\n"
                        + "X-Two: a\r\nX-Two: b\r\n" + TOO_LATE + "Set-Cookie: a=b\r\n\r\n");
        assertThat(response.text()).isEqualTo("abc");
        assertThat(response.field("Trailer")).isEqualTo("X-Sum");
        assertThat(lowerCase(response.trailers()))
                .containsExactlyInAnyOrder(entry("x-sum", "42"), entry("x-two", "a, b"));
    }

    @Test
    void aResponseOfTrailersAloneIsWhole() {
        ReceivedResponse response =
                download(get(ROUTE), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 42\r\n\r\n");
        assertThat(response.text()).isEmpty();
        assertThat(lowerCase(response.trailers())).containsExactly(entry("x-sum", "42"));
    }

    @Test
    void aClientOfTheOldVersionGetsTheBodyWithoutThem() {
        ReceivedResponse response = download(
                "GET " + path(ROUTE, "/a") + " HTTP/1.0\r\nHost: " + authority() + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 42\r\n\r\n");
        assertThat(response.text()).isEqualTo("abc");
    }

    @Test
    void theConnectionServesTheNextRequestAfterTrailers() {
        Client client = client();
        OriginConnection upstream = null;
        for (int round = 0; round < 3; round++) {
            client.send(get(ROUTE));
            upstream = upstream == null ? origin(ROUTE).accept() : upstream;
            upstream.skipRequest()
                    .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 42\r\n\r\n");
            assertThat(client.receiveResponse().trailers()).hasSize(1);
            org.awaitility.Awaitility.await().until(() -> Status.of(weir()).leased() == 0);
        }
    }

    @Test
    void thatTrailersAreWelcomeIsSaidOnEachHopOfItsOwn() {
        Seen seen = exchange(ROUTE, get(ROUTE, "TE: gzip;q=0.5, trailers", "Connection: TE"));
        assertThat(seen.upstream().values("TE")).containsExactly("trailers");
        assertThat(seen.upstream().values("Connection")).containsExactly("TE");
        assertThat(exchange(ROUTE, get(ROUTE, "TE: gzip")).upstream().field("TE"))
                .isNull();
    }
}
