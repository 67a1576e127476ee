package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A 1xx of the upstream never hangs an exchange: the final response comes through (RFC 9110 §15.2), and the interim one
 * before it where the home can send it.
 */
@Conforms(
        title = "Interim responses",
        to = "RFC 9110 §15.2, RFC 8297; jetty.project #15575: an unexpected 1xx hangs the client")
class InterimResponsesIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";

    private static ReceivedResponse finalResponse(Client client) {
        ReceivedResponse response = client.receiveResponse();
        while (response.status() < 200) {
            response = client.receiveResponse();
        }
        return response;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                HINTS,
                "HTTP/1.1 199 Whatever\r\nX-A: 1\r\n\r\n"
            })
    void theFinalResponseComesAfterAnInterimOne(String interim) {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send(interim);
        upstream.send(Origin.ok("final"));
        ReceivedResponse response = finalResponse(client);
        assertThat(response.text()).isEqualTo("final");
        assertThat(response.field("X-A")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nLi",
                "HTTP/1.1 103 Early Hints\r\nX y: z\r\n\r\n",
                HINTS,
                HINTS + "HTTP"
            })
    void anUpstreamThatClosesWithinOrAfterIsNoSilence(String cut) {
        Client client = get(path(ROUTE, "/a"), "");
        origin(ROUTE).accept().skipRequest().send(cut).close();
        assertThat(finalResponse(client).status()).isEqualTo(502);
    }

    @Test
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "dropped: a web application has no way to send one")
    void itReachesTheClientBeforeTheFinalOneWhereTheHomeCanSendIt() {
        Client client = get(path(SuiteRoute.APP, "/a"), "");
        OriginConnection upstream = origin(SuiteRoute.APP).accept().skipRequest();
        upstream.send("HTTP/1.1 103 Early Hints\r\nLink: </app/a.css>; rel=preload\r\nConnection: X-Hop\r\n"
                + "X-Hop: 1\r\nX-End: 2\r\n\r\n");
        if (sendsInterim()) {
            ReceivedResponse hints = client.receiveResponse();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.field("Link")).isEqualTo("<" + path(SuiteRoute.APP, "/a.css") + ">; rel=preload");
            assertThat(hints.field("X-Hop")).isNull();
            assertThat(hints.field("X-End")).isEqualTo("2");
        }
        upstream.send(Origin.ok("final"));
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.text()).isEqualTo("final");
        assertThat(response.field("Link")).isNull();
    }

    @Test
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "dropped: a web application has no way to send one")
    void severalReachItInTheirOrder() {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            all.append("HTTP/1.1 1").append(50 + i).append(" Some\r\n\r\n");
        }
        upstream.send(all + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfinal");
        for (int i = 0; sendsInterim() && i < 5; i++) {
            assertThat(client.receiveResponse().status()).isEqualTo(150 + i);
        }
        assertThat(client.receiveResponse().text()).isEqualTo("final");
    }

    @Test
    void aClientOfTheOldVersionGetsNone() {
        Client client = client().send("GET " + path(ROUTE, "/a") + " HTTP/1.0\r\nHost: " + authority() + "\r\n\r\n");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send(HINTS);
        upstream.send(Origin.ok("final"));
        assertThat(client.receiveResponse().text()).isEqualTo("final");
    }

    @Test
    void oneWhoseHeadTheConnectorDoesNotCarryIsLeftOut() {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 103 Early Hints\r\nX-Large: " + "x".repeat(30_000) + "\r\n\r\n");
        upstream.send(Origin.ok("final"));
        assertThat(finalResponse(client).text()).isEqualTo("final");
    }

    private boolean sendsInterim() {
        return home() == Home.LAUNCHER || home() == Home.JETTY;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyInARowArePassedOver(boolean atOnce) {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        String all = HINTS + "HTTP/1.1 100 Continue\r\n\r\n" + HINTS + "HTTP/1.1 102 Processing\r\n\r\n" + HINTS;
        if (atOnce) {
            upstream.send(all + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfinal");
        } else {
            for (String part : all.split("(?<=\\r\\n\\r\\n)")) {
                upstream.send(part);
            }
            upstream.send(Origin.ok("final"));
        }
        ReceivedResponse response = finalResponse(client);
        assertThat(response.text()).isEqualTo("final");
        assertThat(response.field("Link")).isNull();
    }

    @Test
    void anUploadGoesOnAfterAnInterimResponse() {
        Client client = client().send("POST " + path(ROUTE, "/a") + " HTTP/1.1\r\nHost: " + authority()
                + "\r\nContent-Length: 6\r\n\r\nabc");
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.readBody(3);
        upstream.send("HTTP/1.1 102 Processing\r\n\r\n");
        client.send("def");
        assertThat(new String(upstream.readBody(3))).isEqualTo("def");
        upstream.send(Origin.ok("final"));
        assertThat(finalResponse(client).text()).isEqualTo("final");
    }

    @Test
    void aSwitchOfProtocolsThatNobodyAskedForIsNoResponse() {
        Client client = get(path(ROUTE, "/a"), "");
        OriginConnection upstream = origin(ROUTE).accept().skipRequest();
        upstream.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
        Refusals.assertRefused(client.receiveResponse(), 502, "invalid-response", "http_protocol_error");
        assertThat(upstream.awaitClosed()).isTrue();
    }
}
