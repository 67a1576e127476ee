package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Received;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The same requests straight to the upstream and through Weir: the upstream sees the same, and the client gets the same, byte
 * for byte, but for what one hop may change and the README says.
 */
@Conforms(title = "The same with and without Weir", to = "RFC 9110 §7.7")
class FidelityIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final int CASES = 2000;

    /** What each hop says for itself, and what Weir adds (RFC 9110 §7.6). */
    private static final Set<String> OF_THE_HOP = Set.of(
            "host",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "via",
            "cdn-loop",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-prefix",
            "x-real-ip",
            "x-case");

    private final Map<String, ReceivedRequest> arrived = new ConcurrentHashMap<>();
    private Client straight;
    private Client through;

    private byte[] answer(ReceivedRequest request) {
        String id = request.field("X-Case");
        arrived.put(id, request);
        return RandomExchange.of(Long.parseLong(id.substring(1))).response();
    }

    @Test
    void bothEndsSeeTheSameAsWithoutIt() {
        origin(ROUTE).answerAll(this::answer);
        for (long seed = 1; seed <= CASES; seed++) {
            RandomExchange exchange = RandomExchange.of(seed);
            straight =
                    straight == null ? Client.connect("127.0.0.1", origin(ROUTE).port()) : straight;
            through = through == null ? client() : through;
            straight.send(exchange.request("", ROUTE.authority(), "s" + seed));
            ReceivedResponse expected = straight.receiveResponse(exchange.bodiless());
            through.send(exchange.request(path(ROUTE, ""), authority(), "t" + seed));
            ReceivedResponse actual = through.receiveResponse(exchange.bodiless());

            String which = "seed " + seed + ": " + exchange.method() + " " + exchange.rest();
            assertSameRequest(which, arrived.remove("s" + seed), arrived.remove("t" + seed));
            assertThat(actual.status()).as(which).isEqualTo(expected.status());
            assertThat(fields(actual)).as("%s: response fields", which).isEqualTo(fields(expected));
            assertThat(actual.body()).as("%s: response body", which).isEqualTo(expected.body());
            if ("close".equals(actual.field("Connection"))) {
                // Tomcat closes a connection after its hundredth request.
                through = null;
            }
        }
        straight.close();
    }

    private void assertSameRequest(String which, ReceivedRequest expected, ReceivedRequest actual) {
        assertThat(actual).as("%s: did not arrive", which).isNotNull();
        assertThat(actual.requestLine()).as(which).isEqualTo(expected.requestLine());
        assertThat(fields(actual)).as("%s: request fields", which).isEqualTo(fields(expected));
        assertThat(actual.body()).as("%s: request body", which).isEqualTo(expected.body());
    }

    /** The values of each name in their order; Tomcat 10.1 has the names of requests in small letters. */
    private static Map<String, List<String>> fields(Received message) {
        return message.fields().stream()
                .filter(field -> !OF_THE_HOP.contains(field.getKey().toLowerCase(Locale.ROOT)))
                .collect(Collectors.groupingBy(
                        field -> field.getKey().toLowerCase(Locale.ROOT),
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
