package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.Configuration;
import dev.weir.config.DestinationRules;
import dev.weir.config.DestinationRules.Verdict;
import dev.weir.config.ServletDeclaration;
import dev.weir.config.Sources;
import dev.weir.config.UpstreamUrl;
import dev.weir.limits.Descriptors;
import dev.weir.wire.Origin;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.client.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The addresses that names lead to are held to a route's rules, whoever looked at them before. */
class DestinationCheckTest {
    private static final String NAME = "rebound.test";
    private static final String FIXED = "fixed.test";
    private static final int LOOKUPS_OF_CLIENTS = 8;

    private final ScriptedLookup lookup = new ScriptedLookup();
    private final AtomicInteger requests = new AtomicInteger();
    private final Origin origin = new Origin().answerAll(request -> Origin.ok("" + requests.incrementAndGet()));
    private UpstreamClient client;

    private Configuration start(String allow, Predicate<InetSocketAddress> own) {
        Map<String, String> params = Map.of("proxyTo", "{scheme}://{authority}", "allow", allow);
        Configuration configuration = Configuration.read(new Sources(
                Map.of("resolveTtl", "0"),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(
                        route("first", params),
                        route("second", params),
                        route("fixed", Map.of("proxyTo", "http://" + FIXED + ":" + origin.port())))));
        client = UpstreamClient.start(configuration, Descriptors.of(configuration.shared()), own, null, lookup);
        return configuration;
    }

    private static ServletDeclaration route(String name, Map<String, String> params) {
        return new ServletDeclaration(name, "dev.weir.proxy.BoundedProxyServlet", List.of("/" + name + "/*"), params);
    }

    @AfterEach
    void stop() {
        client.close();
        origin.close();
    }

    private Result get(Configuration configuration, String servlet, String host, boolean close) {
        UpstreamRequest request = client.newRequest(new UpstreamUrl("http", host, origin.port(), ""), "GET", "/");
        request.within(DestinationRules.of(configuration.route(servlet).orElseThrow()));
        if (close) {
            request.headers(fields -> fields.put("Connection", "close"));
        }
        CompletableFuture<Result> over = new CompletableFuture<>();
        request.send(over::complete);
        return over.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void assertDenied(Result result, Verdict verdict) {
        assertThat(result.getFailure())
                .isInstanceOfSatisfying(
                        DestinationDeniedException.class,
                        denied -> assertThat(denied.verdict()).isEqualTo(verdict));
    }

    @Test
    void aNameThatIsReboundToAnAddressWhichIsNotListedIsRefused() {
        Configuration configuration = start(NAME + ", 127.0.0.1", any -> false);
        lookup.record(NAME, "127.0.0.1");
        assertThat(get(configuration, "first", NAME, true).getResponse().getStatus())
                .isEqualTo(200);
        lookup.record(NAME, "127.0.0.2");
        assertDenied(get(configuration, "first", NAME, true), Verdict.NOT_PUBLIC);
        assertThat(origin.connections()).isEqualTo(1);
    }

    @Test
    void ofSeveralAddressesOnlyThoseAreTriedThatAreAllowed() {
        Configuration configuration = start(NAME + ", 127.0.0.1", any -> false);
        lookup.record(NAME, "127.0.0.2", "10.0.0.1", "127.0.0.1");
        assertThat(get(configuration, "first", NAME, true).getResponse().getStatus())
                .isEqualTo(200);
    }

    /** Who connects to the unspecified address is connected to another one, which only the socket tells. */
    @Test
    void theAddressThatIsReallyConnectedToIsLookedAtAgain() {
        Configuration configuration = start("0.0.0.0", any -> false);
        assertDenied(get(configuration, "first", "0.0.0.0", true), Verdict.NOT_LISTED);
        assertThat(requests).hasValue(0);
        assertThat(client.budget().open()).isZero();
    }

    @Test
    void anAddressThatIsOneOfOurOwnListenersIsRefused() {
        Configuration configuration = start(NAME + ", 127.0.0.1", own -> own.getPort() == origin.port());
        lookup.record(NAME, "127.0.0.1");
        assertDenied(get(configuration, "first", NAME, true), null);
        assertThat(origin.connections()).isZero();
    }

    @Test
    void noConnectionOfOneRouteServesAnother() {
        Configuration configuration = start("127.0.0.1", any -> false);
        assertThat(get(configuration, "first", "127.0.0.1", false).getResponse().getStatus())
                .isEqualTo(200);
        assertThat(get(configuration, "second", "127.0.0.1", false)
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        assertThat(get(configuration, "first", "127.0.0.1", false).getResponse().getStatus())
                .isEqualTo(200);
        assertThat(origin.connections()).isEqualTo(2);
    }

    @Test
    void namesOfClientsThatHangKeepNoUpstreamOfTheConfigurationWaiting() {
        Configuration configuration = start("*", any -> false);
        lookup.record(FIXED, "127.0.0.1");
        for (int i = 0; i < LOOKUPS_OF_CLIENTS; i++) {
            String name = "hangs" + i + ".test";
            lookup.hang(name);
            UpstreamRequest request = client.newRequest(new UpstreamUrl("http", name, 80, ""), "GET", "/");
            request.within(DestinationRules.of(configuration.route("first").orElseThrow()));
            request.send(nothing -> {});
        }
        await().untilAsserted(() -> assertThat(lookup.asked()).hasSize(LOOKUPS_OF_CLIENTS));
        CompletableFuture<Result> over = new CompletableFuture<>();
        client.newRequest(new UpstreamUrl("http", FIXED, origin.port(), ""), "GET", "/")
                .send(over::complete);
        assertThat(over.orTimeout(2, TimeUnit.SECONDS).join().getResponse().getStatus())
                .isEqualTo(200);
    }
}
