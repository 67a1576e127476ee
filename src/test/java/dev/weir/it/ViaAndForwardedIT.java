package dev.weir.it;

import static dev.weir.it.SuiteRoute.NAMED_VIA;
import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import org.junit.jupiter.api.Test;

/** Who asks, by which way, as the upstream and the client are told: from a client that nobody vouches for. */
@Conforms(
        title = "Via and Forwarded",
        to = "RFC 9110 §7.6.3, RFC 7239; peers: a client's own X-Forwarded-For passes (Jetty)")
class ViaAndForwardedIT extends BehaviourSuite {
    private static final String OWN_ID = "-[0-9a-f]{8}";

    @Test
    void viaNamesUsBothWays() {
        Seen seen = exchange(PLAIN, get(PLAIN));
        assertThat(seen.upstream().field("Via")).matches("1\\.1 weir" + OWN_ID);
        assertThat(seen.client().field("Via")).isEqualTo(seen.upstream().field("Via"));
    }

    @Test
    void viaIsAppendedToWhatCameBothWays() {
        Seen seen = exchange(
                PLAIN,
                get(PLAIN, "Via: 1.0 fred, 1.1 p.example.net (Apache/1.1)", "Via: 2 third"),
                ResponseFieldsIT.response("Via: HTTP/1.1 inner", "Via: 1.1 middle"));
        assertThat(String.join(", ", seen.upstream().values("Via")))
                .matches("1\\.0 fred, 1\\.1 p\\.example\\.net \\(Apache/1\\.1\\), 2 third, 1\\.1 weir" + OWN_ID);
        assertThat(String.join(", ", seen.client().values("Via")))
                .matches("HTTP/1\\.1 inner, 1\\.1 middle, 1\\.1 weir" + OWN_ID);
    }

    @Test
    void viaSaysTheVersionThatWasReceived() {
        Seen seen = exchange(
                PLAIN,
                "GET " + path(PLAIN, "/a") + " HTTP/1.0\r\nHost: " + authority() + "\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(seen.upstream().field("Via")).startsWith("1.0 weir-");
        assertThat(seen.client().field("Via")).startsWith("1.0 weir-");
    }

    @Test
    void viaHostIsTheNameInVia() {
        Seen seen = exchange(NAMED_VIA, get(NAMED_VIA));
        assertThat(seen.upstream().field("Via")).matches("1\\.1 edge-1" + OWN_ID);
        assertThat(seen.client().field("Via")).isEqualTo(seen.upstream().field("Via"));
    }

    @Test
    void theUpstreamIsToldWhoAsks() {
        assertForwardedIsOurs(exchange(PLAIN, get(PLAIN)).upstream());
    }

    @Test
    void whatAStrangerClaimsIsRemovedAndSetAfresh() {
        ReceivedRequest upstream = exchange(
                        PLAIN,
                        get(
                                PLAIN,
                                "Forwarded: for=6.6.6.6;host=evil.test;proto=https",
                                "X-Forwarded-For: 6.6.6.6, 7.7.7.7",
                                "x-forwarded-for: 8.8.8.8",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: evil.test",
                                "X-Forwarded-Prefix: /evil",
                                "X-Forwarded-Port: 666",
                                "X-Forwarded-Server: evil",
                                "X-Real-IP: 6.6.6.6"))
                .upstream();
        assertForwardedIsOurs(upstream);
        assertThat(upstream.field("X-Forwarded-Port")).isNull();
        assertThat(upstream.field("X-Forwarded-Server")).isNull();
    }

    @Test
    void theHostToldIsTheOneThatTheClientNamed() {
        ReceivedRequest upstream = exchange(
                        PLAIN, "GET " + path(PLAIN, "/a") + " HTTP/1.1\r\nHost: www.example.test:8123\r\n\r\n")
                .upstream();
        assertThat(upstream.field("Forwarded")).isEqualTo("for=127.0.0.1;host=\"www.example.test:8123\";proto=http");
        assertThat(upstream.field("X-Forwarded-Host")).isEqualTo("www.example.test:8123");
    }

    @Test
    void forwardedFalseTellsNothingAndBelievesNothing() {
        ReceivedRequest upstream = exchange(
                        SuiteRoute.SILENT,
                        get(
                                SuiteRoute.SILENT,
                                "X-Forwarded-For: 6.6.6.6",
                                "Forwarded: for=6.6.6.6",
                                "X-Real-IP: 6.6.6.6"))
                .upstream();
        assertThat(upstream.fields())
                .noneMatch(field -> field.getKey().toLowerCase().matches("forwarded|x-.*"));
        assertThat(upstream.field("Via")).startsWith("1.1 weir-");
    }

    @Test
    void theClientIsNotToldOfForwardedFields() {
        ReceivedResponse client = exchange(PLAIN, get(PLAIN)).client();
        assertThat(client.fields())
                .noneMatch(field -> field.getKey().toLowerCase().matches("forwarded|x-.*"));
    }

    private void assertForwardedIsOurs(ReceivedRequest upstream) {
        assertThat(upstream.field("Forwarded")).isEqualTo("for=127.0.0.1;host=\"" + authority() + "\";proto=http");
        assertThat(upstream.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(upstream.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(upstream.field("X-Forwarded-Host")).isEqualTo(authority());
        assertThat(upstream.field("X-Forwarded-Prefix")).isEqualTo(path(PLAIN, ""));
        assertThat(upstream.field("X-Real-IP")).isEqualTo("127.0.0.1");
    }
}
