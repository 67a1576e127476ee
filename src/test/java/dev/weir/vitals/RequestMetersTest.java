package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.ServletDeclaration;
import dev.weir.config.Sources;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import dev.weir.exchange.Told;
import dev.weir.wire.Scrape;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMetersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String UPSTREAM = "http://localhost:9000";

    private final Configuration configuration = Configuration.read(new Sources(
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(new ServletDeclaration(
                    "proxy", "dev.weir.proxy.BoundedProxyServlet", List.of("/proxy/*"), Map.of("proxyTo", UPSTREAM)))));
    private final RouteConfiguration route = configuration.routes().get(0);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RequestMeters meters = new RequestMeters(registry, configuration);

    private Scrape scrape() {
        return Scrape.of(registry.scrape());
    }

    /** Has waited 1 s in the queue and 2 s for a connection; the head came after 3 s more, the end after 4 s more. */
    private Told served(String method, int status) {
        return new Told(route, method)
                .leadsTo(UPSTREAM)
                .after(SECOND)
                .opening()
                .after(SECOND.multipliedBy(2))
                .sending()
                .after(SECOND.multipliedBy(3))
                .answered(status)
                .after(SECOND.multipliedBy(4))
                .upstreamEnded();
    }

    @Test
    void eachPartOfARequestHasItsDuration() {
        meters.ended(served("GET", 200).ended(Outcome.OK));
        String[] labels = {
            "http_route",
            "/proxy/*",
            "http_request_method",
            "GET",
            "http_response_status_code",
            "200",
            "weir_outcome",
            "ok"
        };
        Scrape scrape = scrape();
        assertThat(scrape.sum("http_server_request_duration_seconds_sum", labels))
                .isEqualTo(10);
        assertThat(scrape.sum("http_server_request_duration_seconds_count", labels))
                .isEqualTo(1);
        assertThat(scrape.sum(
                        "http_client_request_duration_seconds_sum",
                        "server_address",
                        "localhost",
                        "server_port",
                        "9000",
                        "http_response_status_code",
                        "200"))
                .isEqualTo(7);
        assertThat(scrape.sum("weir_queue_duration_seconds_sum", "http_route", "/proxy/*"))
                .isEqualTo(1);
        assertThat(scrape.sum("weir_connect_duration_seconds_sum", "http_route", "/proxy/*"))
                .isEqualTo(2);
        assertThat(scrape.sum("weir_first_byte_duration_seconds_sum", "http_route", "/proxy/*"))
                .isEqualTo(3);
    }

    @Test
    void theBucketsAreThoseOfTheConventions() {
        meters.ended(served("GET", 200).ended(Outcome.OK));
        assertThat(scrape().named("http_server_request_duration_seconds_bucket")
                        .map(bucket -> bucket.labels().get("le")))
                .containsExactly(
                        "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1.0", "2.5", "5.0",
                        "7.5", "10.0", "+Inf");
    }

    @Test
    void whoFoundAConnectionOpenDidNotWaitForOne() {
        meters.ended(
                new Told(route, "GET").leadsTo(UPSTREAM).sending().answered(200).ended(Outcome.OK));
        assertThat(scrape().sum("weir_connect_duration_seconds_count")).isZero();
        assertThat(scrape().sum("weir_queue_duration_seconds_count")).isEqualTo(1);
    }

    @Test
    void whoGaveUpInTheQueueHasWaited() {
        meters.ended(new Told(route, "GET").leadsTo(UPSTREAM).after(SECOND).ended(Outcome.QUEUE_TIMEOUT));
        assertThat(scrape().sum("weir_queue_duration_seconds_sum")).isEqualTo(1);
    }

    @Test
    void aTunnelIsCountedAndHasNoDuration() {
        meters.ended(served("GET", 101).bytes(5, 7).ended(Outcome.OK));
        Scrape scrape = scrape();
        assertThat(scrape.sum("weir_requests_total", "weir_outcome", "ok")).isEqualTo(1);
        assertThat(scrape.sum("http_server_request_duration_seconds_count")).isZero();
        assertThat(scrape.sum("http_client_request_duration_seconds_count")).isZero();
        assertThat(scrape.sum("weir_request_body_bytes_total")).isEqualTo(5);
        assertThat(scrape.sum("weir_response_body_bytes_total")).isEqualTo(7);
    }

    @Test
    void whatIsSentAgainIsCounted() {
        meters.ended(new Told(route, "GET")
                .sending()
                .retried()
                .sending()
                .retried()
                .sending()
                .answered(200)
                .ended(Outcome.OK));
        assertThat(scrape().sum("weir_retries_total", "http_route", "/proxy/*")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 200, GET, 200",
        "get, 200, _OTHER, 200",
        "BREW, 200, _OTHER, 200",
        "GET, 599, GET, _OTHER",
        "GET, 999, GET, _OTHER",
        "GET, 418, GET, 418"
    })
    void whatClientsAndUpstreamsMakeUpMakesNoSeries(String method, int status, String methodLabel, String statusLabel) {
        meters.ended(served(method, status).ended(Outcome.OK));
        assertThat(scrape().sum(
                                "http_server_request_duration_seconds_count",
                                "http_request_method",
                                methodLabel,
                                "http_response_status_code",
                                statusLabel))
                .isEqualTo(1);
    }

    @Test
    void theStatusIsTheOneThatTheClientWasTold() {
        meters.ended(served("GET", 200).ended(Outcome.OK));
        meters.ended(served("GET", 200).ended(Outcome.TRUNCATED));
        meters.ended(served("GET", 0).ended(Outcome.RESPONSE_TIMEOUT));
        assertThat(scrape().sum(
                                "http_server_request_duration_seconds_count",
                                "weir_outcome",
                                "truncated",
                                "http_response_status_code",
                                "200"))
                .isEqualTo(1);
        assertThat(scrape().sum(
                                "http_server_request_duration_seconds_count",
                                "weir_outcome",
                                "response-timeout",
                                "http_response_status_code",
                                "504"))
                .isEqualTo(1);
    }

    @Test
    void aRequestThatNoRouteClaimsIsCountedAsWell() {
        meters.ended(new Told(null, "GET").ended(Outcome.NO_ROUTE));
        assertThat(scrape().sum("weir_requests_total", "http_route", "none", "weir_outcome", "no-route"))
                .isEqualTo(1);
    }

    @Test
    void everyOutcomeBeginsAtZeroSoThatItsFirstOneShows() {
        assertThat(scrape().named("weir_requests_total")
                        .filter(sample -> sample.labels().get("http_route").equals("/proxy/*"))
                        .filter(sample -> sample.labels().get("weir_outcome").equals("loop"))
                        .map(Scrape.Sample::value))
                .containsExactly(0.0);
    }

    @Test
    void beyondTheFirstHundredUpstreamsAllShareASeries() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 150; i++) {
                meters.ended(
                        served("GET", 200).leadsTo("http://host" + i + ":80").ended(Outcome.OK));
            }
        }
        Scrape scrape = scrape();
        assertThat(scrape.named("http_client_request_duration_seconds_count")).hasSize(101);
        assertThat(scrape.sum("http_client_request_duration_seconds_count", "server_address", "host0"))
                .isEqualTo(2);
        assertThat(scrape.sum(
                        "http_client_request_duration_seconds_count",
                        "server_address",
                        "_other",
                        "server_port",
                        "_other"))
                .isEqualTo(100);
    }

    @Test
    void anUpstreamIsItsHostAndPortWhateverTheSchemeAndPath() {
        meters.ended(served("GET", 200).leadsTo("http://host:80/a").ended(Outcome.OK));
        meters.ended(served("GET", 200).leadsTo("h2c://host:80/b").ended(Outcome.OK));
        assertThat(scrape().named("http_client_request_duration_seconds_count").map(Scrape.Sample::value))
                .containsExactly(2.0);
    }

    @Test
    void aRequestAllocatesNextToNothing() {
        Report report = served("GET", 200).bytes(1, 1).ended(Outcome.OK);
        meters.ended(report);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            meters.ended(report);
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000).isLessThan(100);
    }
}
