package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** A thousand clients, and a process that may open 256 descriptors: it runs out of none. */
class DescriptorLimitIT {
    private static final int LIMIT = 256;
    private static final int CLIENTS = 1000;
    private static final Duration LOAD = Duration.ofSeconds(20);
    private static final Duration SHORT_LOAD = Duration.ofSeconds(8);
    /** In a new process everything is slow once. */
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private static final Duration SAMPLE = Duration.ofMillis(100);
    private static final Pattern SPLIT =
            Pattern.compile("Descriptors: limit 256, open at start \\d+, reserve (\\d+); .*clients (\\d+), ");

    /** The launcher, and one container. */
    static final class Homes implements ArgumentsProvider {
        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            return ChosenHomes.all()
                    .filter(home -> home == Home.LAUNCHER || home == Home.TOMCAT_11)
                    .map(Arguments::of);
        }
    }

    private static RunningWeir start(Home home, RouteSpec... routes) {
        Deployment deployment =
                Deployment.of(routes).descriptorLimit(LIMIT).jvmArgs("-Xmx256m").fullyCompiled();
        String maxConnections = String.valueOf(RecommendedConnector.maxConnections(LIMIT));
        return home == Home.LAUNCHER
                ? home.start(deployment)
                : home.start(RecommendedConnector.of(home, deployment)
                        .homeSetting("maxConnections", maxConnections)
                        .homeSetting("acceptCount", "1024"));
    }

    private static int reserve(RunningWeir weir) {
        Matcher split = SPLIT.matcher(weir.log());
        assertThat(split.find()).as(weir.log()).isTrue();
        return Integer.parseInt(split.group(1));
    }

    /** The most descriptors that were open while the load ran. */
    private static int most(RunningWeir weir, CompletableFuture<?> load) {
        int most = 0;
        while (!load.isDone()) {
            most = Math.max(most, weir.openDescriptors());
            load.copy()
                    .completeOnTimeout(null, SAMPLE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        return most;
    }

    private static Duration fresh(RunningWeir weir, String path) {
        long begin = System.nanoTime();
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + weir.contextPath() + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ReceivedResponse response = client.receiveResponse();
            assertThat(response.status()).as("%s", response.text()).isEqualTo(200);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @ParameterizedTest
    @ArgumentsSource(Homes.class)
    void aThousandClientsAreServedOrRefusedAndTheReserveStays(Home home) {
        try (SlowUpstream upstream = new SlowUpstream(SlowUpstream.after(100));
                RunningWeir weir = start(home, RouteSpec.to("/a", upstream.uri()))) {
            fresh(weir, "/a/warm");
            int reserve = reserve(weir);
            CompletableFuture<Map<String, Integer>> load =
                    CompletableFuture.supplyAsync(() -> new LoadClients(weir.uri("/a/x")).run(CLIENTS, LOAD));
            int most = most(weir, load);
            Map<String, Integer> answers = load.join();
            Duration fresh = fresh(weir, "/a/after");

            String told = home + ": " + answers + ", at most " + most + " descriptors of " + LIMIT + " with " + reserve
                    + " in reserve, then " + fresh.toMillis() + " ms for a fresh request";
            assertThat(most).as(told).isLessThanOrEqualTo(LIMIT - reserve);
            assertThat(answers.keySet()).as(told).allMatch(answer -> answer.matches("200|503 .+"));
            assertThat(answers.get("200")).as(told).isGreaterThan(1000);
            assertThat(fresh).as(told).isLessThan(Duration.ofSeconds(1));
            assertThat(weir.log()).doesNotContain("Too many open files", "SEVERE", "ERROR");
        }
    }

    /** It cannot keep the container from accepting; whoever gets as far as an answer gets one of these. */
    @Test
    void inAContainerWithoutALimitEveryAnswerIsStillOneOfOursOrTheUpstreams() {
        assumeThat(ChosenHomes.all()).contains(Home.TOMCAT_11);
        try (SlowUpstream upstream = new SlowUpstream(SlowUpstream.after(100));
                RunningWeir weir = Home.TOMCAT_11.start(Deployment.of(RouteSpec.to("/a", upstream.uri()))
                        .descriptorLimit(LIMIT)
                        .jvmArgs("-Xmx256m")
                        .fullyCompiled())) {
            fresh(weir, "/a/warm");
            Map<String, Integer> answers = new LoadClients(weir.uri("/a/x")).run(CLIENTS, SHORT_LOAD);
            assertThat(answers.keySet())
                    .as("%s", answers)
                    .filteredOn(answer -> Character.isDigit(answer.charAt(0)))
                    .contains("200", "503 descriptors-low")
                    .allMatch(answer -> answer.matches("200|503 .+"));
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> fresh(weir, "/a/after").compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    /** What an upstream does wrong. */
    enum Wrong {
        NEVER_ANSWERS(SlowUpstream.never()),
        NEVER_ENDS(SlowUpstream.withoutEnd()),
        CLOSES_AT_RANDOM(SlowUpstream.closingAtRandom());

        private final SlowUpstream.Answer answer;

        Wrong(SlowUpstream.Answer answer) {
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHealthyRouteIsServedWithinASecondWhateverAnotherUpstreamDoes(Wrong wrong) {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        try (SlowUpstream bad = new SlowUpstream(wrong.answer);
                Origin good = new Origin().answerAll(request -> Origin.ok("ok"));
                RunningWeir weir = start(
                        Home.LAUNCHER,
                        RouteSpec.to("/bad", bad.uri())
                                .with("maxConnections", "32")
                                .with("responseTimeout", "2s")
                                .with("exchangeIdleTimeout", "2s"),
                        RouteSpec.to("/good", good.uri()).with("maxConnections", "32"))) {
            fresh(weir, "/good/warm");
            CompletableFuture<Map<String, Integer>> load =
                    CompletableFuture.supplyAsync(() -> new LoadClients(weir.uri("/bad/x")).run(CLIENTS, SHORT_LOAD));
            Duration slowest = Duration.ZERO;
            int served = 0;
            load.copy()
                    .completeOnTimeout(null, WARM_UP.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            while (!load.isDone()) {
                Duration one = fresh(weir, "/good/x");
                slowest = one.compareTo(slowest) > 0 ? one : slowest;
                served++;
            }
            String told = wrong + ": " + served + " served, the slowest in " + slowest.toMillis() + " ms, beside "
                    + load.join();
            assertThat(slowest).as(told).isLessThan(Duration.ofSeconds(1));
            assertThat(weir.log()).doesNotContain("Too many open files");
        }
    }
}
