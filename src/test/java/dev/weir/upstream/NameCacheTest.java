package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names are looked up rarely, one at a time each, and one that hangs keeps nobody waiting for long. */
class NameCacheTest {
    private static final int TTL_MILLIS = 30_000;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final ManualTime time = new ManualTime();
    private final ScriptedLookup lookup = new ScriptedLookup();
    private final Queue<String> followed = new ConcurrentLinkedQueue<>();
    private NameCache cache = cache(TTL_MILLIS);

    private NameCache cache(int ttlMillis) {
        return new NameCache(
                2,
                lookup,
                this::addressesAre,
                Runnable::run,
                time,
                time,
                Duration.ofMillis(ttlMillis),
                Duration.ofMillis(TIMEOUT_MILLIS));
    }

    private void addressesAre(String host, List<InetAddress> addresses) {
        followed.add(
                host + " " + addresses.stream().map(InetAddress::getHostAddress).toList());
    }

    @AfterEach
    void close() {
        cache.close();
        assertThat(time.timers()).isZero();
    }

    private CompletableFuture<List<String>> ask(String name) {
        CompletableFuture<List<String>> addresses = new CompletableFuture<>();
        cache.resolve(
                name,
                80,
                Map.of(),
                Promise.from(
                        found -> addresses.complete(found.stream()
                                .map(InetSocketAddress::getAddress)
                                .map(address -> address.getHostAddress())
                                .toList()),
                        addresses::completeExceptionally));
        return addresses;
    }

    private List<String> resolve(String name) {
        return ask(name).orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void awaitAsked(int count) {
        await().until(() -> lookup.asked().size() == count);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return future.handle((result, failure) -> failure instanceof CompletionException ? failure.getCause() : failure)
                .join();
    }

    @Test
    void aNameIsLookedUpAgainForThoseWhoAreConnectedWhenItsTimeIsOver() {
        lookup.record("a.test", "192.0.2.1");
        resolve("a.test");
        lookup.record("a.test", "192.0.2.2");
        time.pass(TTL_MILLIS - 1);
        cache.refresh("a.test");
        assertThat(followed).containsExactly("a.test [192.0.2.1]");
        time.pass(1);
        cache.refresh("a.test");
        await().until(() -> followed.size() == 2);
        cache.refresh("a.test");
        assertThat(followed).containsExactly("a.test [192.0.2.1]", "a.test [192.0.2.2]");
        assertThat(lookup.asked()).hasSize(2);
    }

    @Test
    void aRefreshedNameIsAskedForOnceASecondHoweverShortItsTime() {
        cache.close();
        cache = cache(0);
        lookup.record("a.test", "192.0.2.1");
        resolve("a.test");
        for (int quarter = 0; quarter < 8; quarter++) {
            time.pass(250);
            int expected = 1 + (quarter + 1) / 4;
            cache.refresh("a.test");
            await().until(() -> followed.size() == expected);
        }
        assertThat(lookup.asked()).hasSize(3);
    }

    @Test
    void anAddressIsNeverLookedUpAgain() {
        cache.refresh("192.0.2.1");
        assertThat(lookup.asked()).isEmpty();
    }

    @Test
    void aNameIsNotLookedUpAgainBeforeItsTimeAndFollowedThen() {
        lookup.record("a.test", "192.0.2.1");
        assertThat(resolve("a.test")).containsExactly("192.0.2.1");
        lookup.record("a.test", "192.0.2.2");
        time.pass(TTL_MILLIS - 1);
        assertThat(resolve("a.test")).containsExactly("192.0.2.1");
        time.pass(1);
        assertThat(resolve("a.test")).containsExactly("192.0.2.2");
        assertThat(lookup.asked()).hasSize(2);
    }

    @Test
    void lookUpsRunOnDaemonThreadsOfTheirOwnAndAddressesOnNone() {
        lookup.record("a.test", "192.0.2.1");
        resolve("a.test");
        assertThat(lookup.threads()).singleElement().asString().matches("weir-resolver-\\d+, daemon");
        assertThat(ask("192.0.2.7").join()).containsExactly("192.0.2.7");
        assertThat(ask("::1").join()).containsExactly("0:0:0:0:0:0:0:1");
        assertThat(ask("[::1]").join()).containsExactly("0:0:0:0:0:0:0:1");
        assertThat(lookup.threads()).hasSize(1);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void thoseWhoAskForOneNameAtOnceShareOneLookUp() {
        lookup.record("a.test", "192.0.2.1");
        lookup.hang("a.test");
        List<CompletableFuture<List<String>>> all =
                IntStream.range(0, 100).mapToObj(i -> ask("a.test")).toList();
        awaitAsked(1);
        lookup.letGo("a.test");
        assertThat(all)
                .allSatisfy(one ->
                        assertThat(one.orTimeout(10, TimeUnit.SECONDS).join()).containsExactly("192.0.2.1"));
        assertThat(lookup.asked()).hasSize(1);
    }

    @Test
    void aLookUpThatHangsFailsItsWaitersInTimeAndNoOneElse() {
        lookup.record("b.test", "192.0.2.2");
        lookup.hang("a.test");
        CompletableFuture<List<String>> waiting = ask("a.test");
        awaitAsked(1);
        time.pass(TIMEOUT_MILLIS - 1);
        assertThat(waiting).isNotDone();
        time.pass(1);
        assertThat(failure(waiting))
                .isInstanceOf(ResolveTimeoutException.class)
                .hasMessageContaining("a.test does not resolve in 5000 ms; 1 of 2 look-ups hang");
        assertThat(resolve("b.test")).containsExactly("192.0.2.2");
        time.pass(1_000);
        assertThat(failure(ask("a.test"))).isInstanceOf(ResolveTimeoutException.class);
        assertThat(lookup.asked()).containsExactly("a.test", "b.test");
    }

    @Test
    void whatALookUpFindsTooLateIsUsedAllTheSame() {
        lookup.record("a.test", "192.0.2.1");
        lookup.hang("a.test");
        CompletableFuture<List<String>> waiting = ask("a.test");
        awaitAsked(1);
        time.pass(TIMEOUT_MILLIS);
        assertThat(waiting).isCompletedExceptionally();
        lookup.letGo("a.test");
        await().untilAsserted(() -> assertThat(ask("a.test")).isCompletedWithValue(List.of("192.0.2.1")));
        assertThat(lookup.asked()).hasSize(1);
    }

    @Test
    void whereAllThreadsHangOthersFailAtOnceAndUntilOneIsFreeAgain() {
        lookup.record("known.test", "192.0.2.9");
        resolve("known.test");
        lookup.record("c.test", "192.0.2.3");
        lookup.hang("a.test");
        lookup.hang("b.test");
        ask("a.test");
        ask("b.test");
        awaitAsked(3);
        CompletableFuture<List<String>> queued = ask("c.test");
        time.pass(TIMEOUT_MILLIS);
        assertThat(failure(queued)).isInstanceOf(ResolveTimeoutException.class).hasMessageContaining("2 of 2");
        time.pass(TTL_MILLIS);
        assertThat(ask("d.test")).isCompletedExceptionally();
        assertThat(ask("known.test")).isCompletedWithValue(List.of("192.0.2.9"));
        lookup.letGo("a.test");
        await().untilAsserted(() -> assertThat(resolve("c.test")).containsExactly("192.0.2.3"));
        // Two threads ask for a and b, in an order of their own.
        assertThat(lookup.asked()).containsExactlyInAnyOrder("known.test", "a.test", "b.test", "c.test");
    }

    @Test
    void oldAddressesServeWhileLookUpsFailForTenTimesTheTtl() {
        lookup.record("a.test", "192.0.2.1");
        resolve("a.test");
        lookup.forget("a.test");
        time.pass(TTL_MILLIS);
        assertThat(resolve("a.test")).containsExactly("192.0.2.1");
        time.pass(9 * TTL_MILLIS - 1);
        assertThat(resolve("a.test")).containsExactly("192.0.2.1");
        awaitAsked(3);
        await().until(() -> time.timers() == 0);
        time.pass(1_000);
        assertThatThrownBy(() -> resolve("a.test")).hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void onlyTheFirstOfAnOutageWaitsForItsTimeout() {
        lookup.record("a.test", "192.0.2.1");
        resolve("a.test");
        lookup.hang("a.test");
        time.pass(TTL_MILLIS);
        CompletableFuture<List<String>> first = ask("a.test");
        awaitAsked(2);
        assertThat(first).isNotDone();
        time.pass(TIMEOUT_MILLIS);
        assertThat(first).isCompletedWithValue(List.of("192.0.2.1"));
        time.pass(1_000);
        assertThat(ask("a.test")).isCompletedWithValue(List.of("192.0.2.1"));
        lookup.record("a.test", "192.0.2.2");
        lookup.letGo("a.test");
        await().untilAsserted(() -> assertThat(ask("a.test")).isCompletedWithValue(List.of("192.0.2.2")));
    }

    @Test
    void aNameThatFailedIsAskedForOnceASecond() {
        assertThatThrownBy(() -> resolve("a.test")).hasCauseInstanceOf(UnknownHostException.class);
        time.pass(999);
        assertThat(ask("a.test")).isCompletedExceptionally();
        assertThat(lookup.asked()).hasSize(1);
        time.pass(1);
        lookup.record("a.test", "192.0.2.1");
        assertThat(resolve("a.test")).containsExactly("192.0.2.1");
    }

    @Test
    void withoutATtlEveryConnectionAsksAndNothingOldServes() {
        cache.close();
        cache = cache(0);
        lookup.record("a.test", "192.0.2.1");
        assertThat(resolve("a.test")).containsExactly("192.0.2.1");
        lookup.record("a.test", "192.0.2.2");
        assertThat(resolve("a.test")).containsExactly("192.0.2.2");
        lookup.forget("a.test");
        assertThatThrownBy(() -> resolve("a.test")).hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void theFamiliesTakeTurns() {
        lookup.record("a.test", "2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2");
        assertThat(resolve("a.test"))
                .containsExactly(
                        "2001:db8:0:0:0:0:0:1",
                        "192.0.2.1",
                        "2001:db8:0:0:0:0:0:2",
                        "192.0.2.2",
                        "2001:db8:0:0:0:0:0:3");
    }

    @Test
    void theLastThatConnectedIsFirstAndThoseThatFailedRecentlyAreLast() {
        lookup.record("a.test", "192.0.2.1", "192.0.2.2", "192.0.2.3");
        resolve("a.test");
        cache.failed("a.test", ScriptedLookup.address("a.test", "192.0.2.1"));
        cache.connected("a.test", ScriptedLookup.address("a.test", "192.0.2.3"));
        assertThat(resolve("a.test")).containsExactly("192.0.2.3", "192.0.2.2", "192.0.2.1");
        cache.failed("a.test", ScriptedLookup.address("a.test", "192.0.2.3"));
        assertThat(resolve("a.test")).containsExactly("192.0.2.2", "192.0.2.1", "192.0.2.3");
        time.pass(30_000);
        assertThat(resolve("a.test")).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
    }

    @Test
    void atMost1024NamesAreKeptAndTheLeastRecentlyUsedGoesFirst() {
        List<String> names = new ArrayList<>(IntStream.range(0, NameCache.MAX_NAMES)
                .mapToObj(i -> i + ".test")
                .toList());
        names.forEach(name -> lookup.record(name, "192.0.2.1"));
        names.forEach(this::resolve);
        resolve("0.test");
        lookup.record("more.test", "192.0.2.2");
        resolve("more.test");
        assertThat(cache.size()).isEqualTo(NameCache.MAX_NAMES);
        int before = lookup.asked().size();
        resolve("0.test");
        assertThat(lookup.asked()).hasSize(before);
        resolve("1.test");
        assertThat(lookup.asked()).hasSize(before + 1);
    }
}
