package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code Expect: 100-continue} travels to the upstream, and its answer back (RFC 9110 §10.1.1). Tomcat tells its client to go
 * on before any servlet hears of the request; what goes upstream is the same there.
 */
@Conforms(title = "Expect: 100-continue", to = "RFC 9110 §10.1.1; jetty.project #277, #7117, #9206")
class ExpectContinueIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;

    /** A client that holds back a body of three bytes. */
    private Client expecting(String version, String length) {
        return client().send("POST " + path(ROUTE, "/a") + " " + version + "\r\nHost: " + authority() + "\r\n" + length
                + "\r\nExpect: 100-continue\r\n\r\n");
    }

    private Client expecting() {
        return expecting("HTTP/1.1", "Content-Length: 3");
    }

    private boolean answersItself() {
        return home() == Home.TOMCAT_11 || home() == Home.TOMCAT_10_1;
    }

    private void receivesContinue(Client client) {
        assertThat(client.receiveResponse().status()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3", "Transfer-Encoding: chunked"})
    @FallsShort(
            in = {Home.TOMCAT_11, Home.TOMCAT_10_1},
            why = "it is told at once, by the container")
    void theClientIsToldToGoOnWhenTheUpstreamSaysSo(String length) {
        Client client = expecting("HTTP/1.1", length);
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest head = upstream.receiveHead();
        assertThat(head.values("Expect")).containsExactly("100-continue");
        if (!answersItself()) {
            Duration quiet = Duration.ofMillis(300);
            await().during(quiet).until(() -> !client.closed() && client.receivedBytes() == 0);
        }
        upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
        receivesContinue(client);
        client.send(length.startsWith("C") ? "abc" : "3\r\nabc\r\n0\r\n\r\n");
        assertThat(upstream.receiveBody(head).text()).isEqualTo("abc");
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized", "413 Content Too Large", "417 Expectation Failed", "200 OK"})
    void aFinalAnswerInsteadReachesTheClientWholeAndNoBodyGoesUpstream(String status) {
        Client client = expecting();
        OriginConnection upstream = origin(ROUTE).accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\nnever");
        if (answersItself()) {
            receivesContinue(client);
        }
        ReceivedResponse response = client.receiveResponse();
        assertThat(response.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(response.text()).isEqualTo("never");
        long head = upstream.readBytes();
        assertThat(upstream.awaitClosed()).isTrue();
        assertThat(upstream.receivedBytes()).isEqualTo(head);
    }

    @Test
    void anUpstreamThatNeverSaysItGetsTheBodyAfterAWhile() {
        long begin = System.nanoTime();
        Client client = expecting();
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest head = upstream.receiveHead();
        receivesContinue(client);
        client.send("abc");
        assertThat(upstream.receiveBody(head).text()).isEqualTo("abc");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
        // Late, and of no meaning.
        upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(upstream.awaitClosed()).isTrue();
    }

    @Test
    void whoDoesNotWaitIsServedAllTheSame() {
        Client client = expecting().send("abc");
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest head = upstream.receiveHead();
        upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(upstream.receiveBody(head).text()).isEqualTo("abc");
        upstream.send(Origin.ok("done"));
        ReceivedResponse response = client.receiveResponse();
        while (response.status() == 100) {
            response = client.receiveResponse();
        }
        assertThat(response.text()).isEqualTo("done");
    }

    @Test
    void hintsBeforeTheContinueComeBeforeIt() {
        Client client = expecting();
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest head = upstream.receiveHead();
        upstream.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
        if (!answersItself()) {
            assertThat(client.receiveResponse().status()).isEqualTo(103);
        }
        receivesContinue(client);
        client.send("abc");
        assertThat(upstream.receiveBody(head).text()).isEqualTo("abc");
        upstream.send(Origin.ok("done"));
        assertThat(client.receiveResponse().text()).isEqualTo("done");
    }

    @Test
    void anExpectationOfTheOldVersionIsNone() {
        Client client = expecting("HTTP/1.0", "Content-Length: 3").send("abc");
        OriginConnection upstream = origin(ROUTE).accept();
        ReceivedRequest request = upstream.receiveRequest();
        assertThat(request.field("Expect")).isNull();
        assertThat(request.text()).isEqualTo("abc");
        upstream.send(Origin.ok("done"));
        ReceivedResponse response = client.receiveResponse();
        // Jetty tells such a client to go on all the same.
        assertThat((response.status() == 100 ? client.receiveResponse() : response).text())
                .isEqualTo("done");
    }

    @Test
    void anExpectationWithoutABodyIsNone() {
        Client client = expecting("HTTP/1.1", "Content-Length: 0");
        OriginConnection upstream = origin(ROUTE).accept();
        assertThat(upstream.receiveRequest().field("Expect")).isNull();
        upstream.send(Origin.ok("done"));
        ReceivedResponse response = client.receiveResponse();
        assertThat((response.status() == 100 ? client.receiveResponse() : response).text())
                .isEqualTo("done");
    }
}
