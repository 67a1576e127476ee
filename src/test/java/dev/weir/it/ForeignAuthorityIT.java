package dev.weir.it;

import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;

/** What asks for another server where there is no forward proxy: an answer, never a hang, and never that server. */
@Conforms(title = "Requests for other servers", to = "RFC 9112 §3.2.2, §3.2.3")
class ForeignAuthorityIT extends BehaviourSuite {
    @Test
    void aUrlOfAnotherServerIsAUsualRequestForThisOne() {
        Seen seen = exchange(
                PLAIN, "GET http://foreign.test" + path(PLAIN, "/a?b") + " HTTP/1.1\r\nHost: foreign.test\r\n\r\n");
        assertThat(seen.upstream().target()).isEqualTo("/a?b");
        assertThat(seen.upstream().field("Host")).isEqualTo(PLAIN.authority());
    }

    @Test
    void connectIsRefusedByWhoeverSeesItFirst() {
        origin(PLAIN).answerAll(request -> Origin.ok("reached"));
        int before = origin(PLAIN).connections();
        String authority = PLAIN.authority();
        ReceivedResponse answer = client().send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                .receiveHead();
        assertThat(answer.status()).isEqualTo(status());
        assertThat(origin(PLAIN).connections()).isEqualTo(before);
    }

    @Test
    void noUpstreamIsAskedToConnect() {
        try (Origin origin = new Origin();
                RunningWeir root = home().start(
                                Deployment.of(RouteSpec.to("/", origin.uri())).at(""));
                Client client = Client.connect(root.host(), root.port())) {
            client.send("CONNECT " + PLAIN.authority() + " HTTP/1.1\r\nHost: " + PLAIN.authority() + "\r\n\r\n");
            assertThat(client.receiveHead().status()).isEqualTo(501);
            assertThat(origin.connections()).isZero();
        }
    }

    private int status() {
        return switch (home()) {
            case JETTY -> 404; // by Jetty itself, which knows no application without a path but the root
            case LAUNCHER, TOMCAT_11, TOMCAT_10_1 -> 501;
        };
    }
}
