package dev.weir.it;

import static dev.weir.it.SuiteRoute.NAMED_VIA;
import static dev.weir.it.SuiteRoute.PLAIN;
import static dev.weir.it.SuiteRoute.TRACED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.ReceivedResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that has been here before, or has come too far, is refused with 508 in one hop. */
@Conforms(
        title = "Loops",
        to = "RFC 9110 §7.6.2, §7.6.3, RFC 8586; peers: a loop takes 118 connections (Jetty) or every thread (smiley)")
class LoopGuardIT extends BehaviourSuite {
    @Test
    void aRealLoopEndsInOneHop() {
        AtomicInteger hops = new AtomicInteger();
        origin(PLAIN).answerAll(request -> {
            hops.incrementAndGet();
            // As an upstream would that leads back here: the request comes again with all that was added to it.
            String again = new String(request.rawHead()).replaceFirst("GET \\S+", "GET " + path(PLAIN, "/again"));
            try (Client back = Client.connect(weir().host(), weir().port())) {
                ReceivedResponse answer = back.send(again).receiveResponse();
                return (new String(answer.rawHead()) + answer.text()).getBytes();
            }
        });
        assertLoop(client().send(get(PLAIN)).receiveResponse());
        assertThat(hops).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via: 1.1 %s", "via: 1.1 a, 1.1 %S (x)", "CDN-Loop: %s", "cdn-loop: other; a=b, %S"})
    void ourOwnIdIsRefused(String field) {
        String id = ownId();
        Seen seen = exchange(PLAIN, get(PLAIN, "Via: 1.1 before", "CDN-Loop: before", String.format(field, id)));
        assertThat(seen.reachedUpstream()).isFalse();
        assertLoop(seen.client());
    }

    @Test
    void ourViaIsKnownAgainBehindItsIdWhateverTheRouteCallsUs() {
        String via = exchange(NAMED_VIA, head("GET " + path(NAMED_VIA, "/a")))
                .upstream()
                .field("Via");
        assertThat(via).isEqualTo("1.1 edge-1-" + ownId().substring("weir-".length()));
        assertLoop(exchange(PLAIN, get(PLAIN, "Via: " + via)).client());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via: 1.1 weir", "Via: 1.1 edge-1", "Via: 1.1 weir-00000000", "CDN-Loop: weir-0000000"})
    void onlyTheIdIsCompared(String field) {
        assertThat(exchange(PLAIN, get(PLAIN, field)).reachedUpstream()).isTrue();
    }

    @Test
    void connectionCannotBeUsedToForgetIt() {
        String id = ownId();
        Seen seen = exchange(PLAIN, get(PLAIN, "Connection: CDN-Loop, Via", "CDN-Loop: " + id));
        assertLoop(seen.client());
    }

    @Test
    void whatOthersPutIntoCdnLoopStaysAndWeAreAppended() {
        String id = ownId();
        Seen seen =
                exchange(PLAIN, get(PLAIN, "CDN-Loop: one; host=\"a, b\"", "Connection: CDN-Loop", "CDN-Loop: two"));
        assertThat(String.join(", ", seen.upstream().values("CDN-Loop"))).isEqualTo("one; host=\"a, b\", two, " + id);
    }

    @Test
    void sevenOtherWeirsPassAndEightDoNot() {
        assertThat(exchange(PLAIN, get(PLAIN, "CDN-Loop: " + weirs(7))).client().status())
                .isEqualTo(200);
        ReceivedResponse refused =
                exchange(PLAIN, get(PLAIN, "CDN-Loop: " + weirs(8))).client();
        assertLoop(refused);
        assertThat(refused.text()).contains("8", "weir.maxHops");
    }

    @Test
    void weirsAreCountedInViaWhereAHopDroppedCdnLoop() {
        String named = weirs(8).replace("weir-", "1.1 weir-");
        ReceivedResponse refused = exchange(PLAIN, get(PLAIN, "CDN-Loop: " + weirs(1), "Via: " + named))
                .client();
        assertLoop(refused);
        assertThat(refused.text()).contains("8 Weirs");
    }

    @Test
    @FallsShort(in = Home.JETTY, why = "forbids TRACE to every application")
    void traceIsCountedToo() {
        assumeThat(home()).as("forbids TRACE to every application").isNotEqualTo(Home.JETTY);
        String request = "TRACE " + path(TRACED, "/a");
        assertThat(exchange(TRACED, head(request, "Max-Forwards: 1")).upstream().field("Max-Forwards"))
                .isEqualTo("0");
        Seen last = exchange(TRACED, head(request, "Max-Forwards: 0"));
        assertThat(last.reachedUpstream()).isFalse();
        assertLoop(last.client());
    }

    @ParameterizedTest
    @CsvSource({"99999999999999999999, 999999998", "0000000000000007, 6", "'5\\r\\nMax-Forwards: 3', 2", "many, many"})
    void whatMaxForwardsBecomes(String value, String told) {
        Seen seen = exchange(PLAIN, get(PLAIN, "Max-Forwards: " + value.replace("\\r\\n", "\r\n")));
        assertThat(seen.upstream().values("Max-Forwards")).containsExactly(told);
    }

    @Test
    void zeroInManyDigitsIsZero() {
        assertLoop(exchange(PLAIN, get(PLAIN, "Max-Forwards: 000000000000")).client());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE", "PURGE"})
    void maxForwardsRunOutIsRefused(String method) {
        Seen seen = exchange(PLAIN, head(method + " " + path(PLAIN, "/a"), "Max-Forwards: 0"));
        assertThat(seen.reachedUpstream()).isFalse();
        assertLoop(seen.client());
    }

    @Test
    void optionsWhoseMaxForwardsRanOutIsAnsweredHere() {
        Seen seen = exchange(PLAIN, head("OPTIONS " + path(PLAIN, "/a"), "Max-Forwards: 0"));
        assertThat(seen.reachedUpstream()).isFalse();
        assertThat(seen.client().status()).isEqualTo(200);
        assertThat(seen.client().field("Allow")).contains("GET", "OPTIONS");
        assertThat(seen.client().text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS"})
    void maxForwardsIsCountedDown(String method) {
        Seen seen = exchange(PLAIN, head(method + " " + path(PLAIN, "/a"), "Max-Forwards: 3"));
        assertThat(seen.upstream().field("Max-Forwards")).isEqualTo("2");
    }

    private static String weirs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format("weir-%08x", i))
                .collect(Collectors.joining(", "));
    }

    private String ownId() {
        return exchange(PLAIN, get(PLAIN)).upstream().field("CDN-Loop");
    }

    private static void assertLoop(ReceivedResponse client) {
        assertThat(client.status()).isEqualTo(508);
        assertThat(client.field("Proxy-Status")).isEqualTo("weir; error=proxy_loop_detected; details=\"loop\"");
        assertThat(client.text()).startsWith("loop: ");
    }
}
