package dev.weir.it;

import static dev.weir.it.SuiteRoute.DEAD;
import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Outcome;
import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages below {@code statusPath}, and that what they tell is true. */
class PagesIT extends BehaviourSuite {
    private ReceivedResponse page(String name, String... fields) {
        String head = head("GET " + weir().contextPath() + "/-/" + name, fields);
        return client().send(head).receiveResponse();
    }

    private JsonPath json(String name) {
        ReceivedResponse page = page(name);
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        return JsonPath.from(page.text());
    }

    @ParameterizedTest
    @CsvSource({"health/live, live", "health/ready, ready"})
    void healthAnswersAnyoneWithOneWord(String name, String word) {
        ReceivedResponse probe = page(name, "X-Forwarded-For: 203.0.113.7", "Via: 1.1 balancer");
        assertThat(probe.status()).isEqualTo(200);
        assertThat(probe.text()).isEqualTo(word + "\n");
        assertThat(probe.field("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "status.json", "configuration.json", "metrics", "assets/status.js"})
    void whatTellsOfThisInstanceIsNotForAnyone(String name) {
        ReceivedResponse stranger = page(name, "X-Forwarded-For: 203.0.113.7");
        Refusals.assertRefused(stranger, 403, "denied", "http_request_denied");
    }

    @ParameterizedTest
    @CsvSource({
        "status, text/html",
        "status.json, application/json",
        "configuration.json, application/json",
        "assets/status.js, text/javascript",
        "assets/status.css, text/css",
        "assets/uPlot.js, text/javascript",
        "assets/uPlot.css, text/css",
        "outcomes, text/plain"
    })
    void aBrowserMayDoNothingWithAPageThatIsNotOurs(String name, String type) {
        ReceivedResponse page = page(name);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.field("Content-Type")).startsWith(type);
        assertThat(page.field("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.field("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status/x",
                "assets",
                "assets/",
                "assets/nothing.js",
                "assets/status.html",
                "health",
                "outcomes/x"
            })
    void anythingElseIsNoPage(String name) {
        Refusals.assertRefused(page(name), 404, "no-route", null);
    }

    @Test
    void theirFolderLeadsToTheStatus() {
        ReceivedResponse folder = page("");
        assertThat(folder.status()).isEqualTo(302);
        assertThat(folder.field("Location")).endsWith(weir().contextPath() + "/-/status");
    }

    /** Each link that an answer of our own names leads to what it promises, for whoever got it. */
    @Test
    void everyOutcomeHasAPageThatAnyoneMayRead() {
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.OK) {
                ReceivedResponse page = page("outcomes/" + outcome.label(), "X-Forwarded-For: 203.0.113.7");
                assertThat(page.status()).as(outcome.label()).isEqualTo(200);
                assertThat(page.text())
                        .startsWith("### " + outcome.label() + "\n")
                        .contains("What to change");
            }
        }
    }

    @Test
    void theConfigurationSaysWhereEachValueCameFrom() {
        JsonPath configuration = json("configuration.json");
        Map<String, Object> set = configuration.getMap("shared.find { it.name == 'connectTimeout' }");
        assertThat(set).containsEntry("value", "1s").containsEntry("isDefault", false);
        assertThat((String) set.get("from")).contains("connectTimeout");
        Map<String, Object> unset = configuration.getMap("shared.find { it.name == 'maxHops' }");
        assertThat(unset).containsEntry("value", "8").containsEntry("from", "default");
        assertThat(unset).containsEntry("isDefault", true).containsKeys("meaning", "expected");
        assertThat(configuration.getList("routes")).hasSize(SuiteRoute.values().length);
    }

    @Test
    void aLeaseNamesTheRequestThatHoldsIt() {
        Client holding = client().send(head("GET " + path(PLAIN, "/slow") + "?token=secret"));
        OriginConnection upstream = origin(PLAIN).accept().skipRequest();
        Map<String, Object> row = destination(PLAIN);
        Map<?, ?> lease = (Map<?, ?>) row.get("oldestLease");
        assertThat(lease.get("method")).isEqualTo("GET");
        assertThat(lease.get("path")).isEqualTo(path(PLAIN, "/slow"));
        assertThat(((Number) lease.get("seconds")).doubleValue()).isNotNegative();
        assertThat(row).containsEntry("leased", 1);
        assertThat(page("status.json").text()).doesNotContain("secret");
        upstream.send(OK);
        holding.receiveResponse();
        Awaitility.await().untilAsserted(() -> assertThat(destination(PLAIN)).containsEntry("oldestLease", null));
    }

    @Test
    void theSocketsAreThoseThatTheKernelLists() {
        Client holding = client().send(get(PLAIN));
        OriginConnection upstream = origin(PLAIN).accept().skipRequest();
        int port = Integer.parseInt(PLAIN.authority().replaceFirst(".*:", ""));
        Awaitility.await().untilAsserted(() -> {
            long open = ProcessSockets.open(weir().pid(), remote -> remote == port);
            assertThat(open).isPositive();
            Map<String, Object> row = destination(PLAIN);
            assertThat(row).containsEntry("sockets", (int) open);
            assertThat(((Map<?, ?>) row.get("states")).get("ESTABLISHED")).isEqualTo((int) open);
            JsonPath ports = json("status.json");
            assertThat((int) row.get("portsLeft")).isBetween(1, ports.getInt("ports.size") - (int) open);
        });
        upstream.send(OK);
        holding.receiveResponse();
    }

    @Test
    void aFailureIsListedAsItWasAskedForAndExplained() {
        String path = path(DEAD, "/<script>alert(1)</script>%22%3E");
        ReceivedResponse refused =
                client().send(head("GET " + path + "?q=secret")).receiveResponse();
        assertThat(refused.status()).as("%s", refused).isEqualTo(502);
        Awaitility.await().untilAsserted(() -> {
            Map<String, Object> last =
                    json("status.json").<Map<String, Object>>getList("recent").get(0);
            assertThat(last).containsEntry("path", path).containsEntry("outcome", "connect-refused");
            assertThat(last).containsEntry("status", 502).containsEntry("method", "GET");
            assertThat((String) last.get("sentence")).startsWith("No connection to http://127.0.0.1");
            assertThat(last.toString()).doesNotContain("secret");
        });
        Map<?, ?> error = (Map<?, ?>) destination(DEAD).get("lastError");
        assertThat(error.get("outcome")).isEqualTo("connect-refused");
        assertThat((int) destination(DEAD).get("connectFailures")).isPositive();
    }

    @Test
    void whatNoRouteClaimsIsListedToo() {
        ReceivedResponse refused =
                client().send(head("GET " + weir().contextPath() + "/nobody")).receiveResponse();
        assertThat(refused.status()).isEqualTo(404);
        Awaitility.await()
                .untilAsserted(() -> assertThat(json("status.json").<Map<String, Object>>getList("recent"))
                        .anySatisfy(row -> assertThat(row)
                                .containsEntry("path", weir().contextPath() + "/nobody")
                                .containsEntry("outcome", "no-route")
                                .containsEntry("route", null)));
    }

    @Test
    void aCutResponseIsTruncatedAndALostClientIsNobodysFault() {
        origin(PLAIN);
        long truncated = count("truncated");
        long gone = count("client-gone");
        Client cut = client().send(get(PLAIN));
        OriginConnection upstream = origin(PLAIN).accept().skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
        ReceivedResponse head = cut.receiveHead();
        upstream.close();
        assertThat(cut.receiveBody(head).ending()).isEqualTo(Ending.ABORTED);
        Awaitility.await().untilAsserted(() -> assertThat(count("truncated")).isEqualTo(truncated + 1));
        Client leaving = client().send(get(PLAIN));
        OriginConnection flooding = origin(PLAIN).accept().skipRequest();
        flooding.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        leaving.receiveHead();
        leaving.reset();
        flooding.send("12345");
        Awaitility.await().untilAsserted(() -> assertThat(count("client-gone")).isEqualTo(gone + 1));
    }

    private long count(String outcome) {
        List<Map<String, Object>> routes = json("status.json").getList("routes");
        Map<?, ?> outcomes = routes.stream()
                .filter(route -> PLAIN.prefix().equals(route.get("prefix")))
                .map(route -> (Map<?, ?>) route.get("outcomes"))
                .findFirst()
                .orElseThrow();
        Object count = outcomes.get(outcome);
        return count == null ? 0 : ((Number) count).longValue();
    }

    private Map<String, Object> destination(SuiteRoute route) {
        return Status.of(weir()).destination("http://" + route.authority());
    }
}
