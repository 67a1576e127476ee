package dev.weir.it;

import static dev.weir.it.SuiteRoute.DEAD;
import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.Scrape;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code metrics} is what Prometheus takes, and moves with what happens. */
class MetricsIT extends BehaviourSuite {
    private ReceivedResponse metrics(String accept) {
        return get(weir().contextPath() + "/-/metrics", "Accept: " + accept + "\r\n")
                .receiveResponse();
    }

    private Scrape scrape() {
        return Scrape.of(metrics("text/plain").text());
    }

    /** A response is out before its exchange is over: waits until so many of a route's requests have ended. */
    private Scrape scrapeWith(SuiteRoute route, double requests) {
        return Awaitility.await("the requests are over")
                .until(this::scrape, scrape -> requests(scrape, route) == requests);
    }

    private static double requests(Scrape scrape, SuiteRoute route) {
        return scrape.sum("weir_requests_total", "http_route", route.prefix() + "/*");
    }

    @Test
    void itIsPrometheusTextUnlessOpenMetricsIsPreferred() {
        ReceivedResponse text = metrics("text/html, */*;q=0.1");
        assertThat(text.status()).isEqualTo(200);
        assertThat(text.field("Content-Type").replace(" ", "")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(Scrape.of(text.text()).sum("weir_ready")).isEqualTo(1);

        ReceivedResponse open = metrics("application/openmetrics-text;version=1.0.0,text/plain;q=0.5,*/*;q=0.1");
        assertThat(open.field("Content-Type").replace(" ", ""))
                .isEqualTo("application/openmetrics-text;version=1.0.0;charset=utf-8");
        assertThat(open.text().strip()).endsWith("\n# EOF");
        assertThat(open.text()).contains("# TYPE weir_requests counter\n", "\nweir_requests_total{");
    }

    @Test
    void numbersMoveWithTheTraffic() {
        Scrape before = scrape();
        String post = head("POST " + path(PLAIN, "/a"), "Content-Length: 5") + "hello";
        for (int i = 0; i < 3; i++) {
            assertThat(exchange(PLAIN, post).client().text()).isEqualTo("ok");
        }
        Scrape after = scrapeWith(PLAIN, requests(before, PLAIN) + 3);
        String port = Integer.toString(origin(PLAIN).port());
        assertMoved(before, after, 3, "weir_connections_leases_total");
        assertMoved(before, after, 15, "weir_request_body_bytes_total", "http_route", "/plain/*");
        assertMoved(before, after, 6, "weir_response_body_bytes_total", "http_route", "/plain/*");
        assertMoved(before, after, 3, "http_client_request_duration_seconds_count", "server_port", port);
        assertMoved(
                before,
                after,
                3,
                "http_server_request_duration_seconds_bucket",
                "http_route",
                "/plain/*",
                "http_request_method",
                "POST",
                "http_response_status_code",
                "200",
                "weir_outcome",
                "ok",
                "le",
                "+Inf");
    }

    @Test
    void aFailureHasItsOutcomeAndItsStatus() {
        Scrape before = scrape();
        assertThat(client().send(get(DEAD)).receiveResponse().status()).isEqualTo(502);
        Scrape after = scrapeWith(DEAD, requests(before, DEAD) + 1);
        String[] refused = {"http_route", "/dead/*", "weir_outcome", "connect-refused"};
        assertMoved(before, after, 1, "weir_requests_total", refused);
        assertMoved(before, after, 1, "weir_connections_failed_total");
        assertThat(after.sum(
                        "http_server_request_duration_seconds_count",
                        "http_route",
                        "/dead/*",
                        "http_response_status_code",
                        "502"))
                .isPositive();
    }

    @Test
    void whatIsUnderWayShows() {
        var waiting = client().send(get(PLAIN));
        var upstream = origin(PLAIN).accept().skipRequest();
        Scrape scrape = scrape();
        assertThat(scrape.sum("http_server_active_requests")).isEqualTo(1);
        assertThat(scrape.sum("weir_connections", "state", "leased")).isEqualTo(1);
        assertThat(scrape.sum(
                        "http_client_open_connections",
                        "http_connection_state",
                        "active",
                        "server_port",
                        Integer.toString(origin(PLAIN).port())))
                .isEqualTo(1);
        assertThat(scrape.sum("process_files_open_files")).isPositive();
        upstream.send(OK);
        assertThat(waiting.receiveResponse().text()).isEqualTo("ok");
    }

    @Test
    void aMethodThatSomebodyMadeUpMakesNoSeries() {
        origin(PLAIN).answerAll(request -> OK.getBytes(StandardCharsets.ISO_8859_1));
        client().send(head("BREW " + path(PLAIN, "/a"))).receiveResponse();
        assertThat(scrape().samples()).noneMatch(sample -> sample.labels().containsValue("BREW"));
    }

    private static void assertMoved(Scrape before, Scrape after, double by, String name, String... labels) {
        assertThat(after.sum(name, labels) - before.sum(name, labels)).as(name).isEqualTo(by);
    }
}
