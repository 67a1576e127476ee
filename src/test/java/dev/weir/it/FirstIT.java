package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.wire.Origin;
import org.junit.jupiter.api.Test;

/** The main job: a request goes through, over plain and over secured connections. */
class FirstIT extends BehaviourSuite {
    @Test
    void aRequestReachesTheUpstreamAndItsAnswerTheClient() {
        origin(SuiteRoute.APP).answerAll(request -> Origin.ok(request.requestLine()));
        http().get("/app/a?b").then().statusCode(200).body(equalTo("GET /app/a?b HTTP/1.1"));
    }

    @Test
    void anUpstreamWithATrustedCertificateIsSpokenToOverTls() {
        origin(SuiteRoute.TLS).answerAll(request -> Origin.ok(request.requestLine()));
        http().get("/tls/a").then().statusCode(200).body(equalTo("GET /a HTTP/1.1"));
        assertThat(origin(SuiteRoute.TLS).connections()).isEqualTo(1);
    }
}
