package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.upstream.DestinationSnapshot;
import dev.weir.wire.Scrape;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DestinationGaugesTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DestinationGauges gauges = new DestinationGauges(registry);

    private Scrape show(List<DestinationSnapshot> destinations) {
        gauges.show(Moment.busiest(destinations));
        return Scrape.of(registry.scrape());
    }

    private static DestinationSnapshot destination(String origin, int leased) {
        return new DestinationSnapshot(origin, leased, 2, 3, 4, leased + 5, DestinationSnapshot.Ever.NONE, Set.of());
    }

    @Test
    void eachCountHasItsGauge() {
        Scrape scrape = show(List.of(destination("http://[::1]:80", 1)));
        String[] labels = {"server_address", "::1", "server_port", "80"};
        assertThat(scrape.sum(
                        "http_client_open_connections", "http_connection_state", "active", "server_address", "::1"))
                .isEqualTo(1);
        assertThat(scrape.sum("http_client_open_connections", "http_connection_state", "idle", "server_port", "80"))
                .isEqualTo(2);
        assertThat(scrape.sum("weir_destination_opening", labels)).isEqualTo(3);
        assertThat(scrape.sum("weir_destination_queued", labels)).isEqualTo(4);
        assertThat(scrape.sum("weir_destination_sockets", labels)).isEqualTo(6);
    }

    @Test
    void theHundredBusiestAreShownAndAllOthersTogether() {
        Scrape scrape = show(IntStream.range(0, 150)
                .mapToObj(i -> destination("http://host" + i + ":80", i))
                .toList());
        assertThat(scrape.named("weir_destination_sockets")).hasSize(101);
        assertThat(scrape.sum("weir_destination_sockets", "server_address", "host149"))
                .isEqualTo(154);
        assertThat(scrape.sum("weir_destination_sockets", "server_address", "host50"))
                .isEqualTo(55);
        assertThat(scrape.named("weir_destination_sockets")
                        .noneMatch(sample -> sample.labels().containsValue("host49")))
                .isTrue();
        assertThat(scrape.sum("weir_destination_queued", "server_address", "_other", "server_port", "_other"))
                .isEqualTo(4 * 50);
    }

    @Test
    void aDestinationThatIsForgottenDisappears() {
        show(List.of(destination("http://a:80", 1), destination("http://b:80", 1)));
        Scrape scrape = show(List.of(destination("http://b:80", 7)));
        assertThat(scrape.named("weir_destination_sockets")
                        .map(sample -> sample.labels().get("server_address") + " " + sample.value()))
                .containsExactly("b 12.0");
    }

    @Test
    void twoSchemesAtOneHostAndPortAreOne() {
        Scrape scrape = show(List.of(destination("http://a:80", 1), destination("h2c://a:80", 1)));
        assertThat(scrape.named("weir_destination_queued").map(Scrape.Sample::value))
                .containsExactly(8.0);
    }
}
