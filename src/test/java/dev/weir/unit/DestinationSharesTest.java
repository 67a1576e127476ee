package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Configuration;
import dev.weir.limits.DestinationShare;
import dev.weir.limits.DestinationShares;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DestinationSharesTest {
    /** Near the end of the numbers, as {@code System.nanoTime} may be. */
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);

    private static Configuration routes(String... origins) {
        Given given = Given.nothing();
        for (int i = 0; i < origins.length; i++) {
            given.servlet("route" + i, "/" + i + "/*", "proxyTo", origins[i]);
        }
        return given.read();
    }

    private static DestinationShare share(Configuration configuration, DestinationShares shares, int route) {
        return shares.of(configuration.route("route" + route).orElseThrow());
    }

    private int enter(DestinationShare share, int attempts) {
        int entered = 0;
        for (int i = 0; i < attempts; i++) {
            entered += share.tryEnter(now) ? 1 : 0;
        }
        return entered;
    }

    private void later(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void aloneADestinationHoldsAllButTheLastEighth() {
        Configuration two = routes("http://a:1", "http://b:1");
        DestinationShares shares = new DestinationShares(two, 80);
        assertThat(enter(share(two, shares, 0), 100)).isEqualTo(70);
        assertThat(enter(share(two, shares, 1), 10)).as("a newcomer finds room").isEqualTo(10);
    }

    @Test
    void whereAnotherHasHadTrafficInTheLastMinuteItHoldsHalf() {
        Configuration two = routes("http://a:1", "http://b:1");
        DestinationShares shares = new DestinationShares(two, 80);
        DestinationShare hanging = share(two, shares, 0);
        DestinationShare other = share(two, shares, 1);
        other.tryEnter(now);
        other.leave();
        assertThat(enter(hanging, 100)).isEqualTo(40);
        later(60);
        assertThat(enter(hanging, 100)).isZero();
        later(1);
        assertThat(enter(hanging, 100)).isEqualTo(30);
    }

    @Test
    void anExchangeInFlightIsTrafficHoweverOldItIs() {
        Configuration two = routes("http://a:1", "http://b:1");
        DestinationShares shares = new DestinationShares(two, 80);
        share(two, shares, 1).tryEnter(now);
        later(600);
        assertThat(enter(share(two, shares, 0), 100)).isEqualTo(40);
    }

    @Test
    void whoIsBeyondHalfWhenANewcomerComesGetsNoMoreUntilItIsBelow() {
        Configuration two = routes("http://a:1", "http://b:1");
        DestinationShares shares = new DestinationShares(two, 8);
        DestinationShare hanging = share(two, shares, 0);
        assertThat(enter(hanging, 8)).isEqualTo(7);
        share(two, shares, 1).tryEnter(now);
        for (int left = 6; left >= 4; left--) {
            hanging.leave();
            assertThat(enter(hanging, 1)).as("%d in flight", left).isZero();
        }
        hanging.leave();
        assertThat(enter(hanging, 2)).isEqualTo(1);
    }

    @Test
    void theOnlyDestinationHasNothingToShare() {
        Configuration one = routes("http://a:1", "http://A:1/base");
        assertThat(share(one, new DestinationShares(one, 80), 0)).isNull();
    }

    @Test
    void routesToOneDestinationHaveOneShareTogether() {
        Configuration three = routes("http://a:1", "http://A:1/base", "http://b:1");
        DestinationShares shares = new DestinationShares(three, 80);
        assertThat(share(three, shares, 0)).isSameAs(share(three, shares, 1));
    }

    @Test
    void ofTheLeastThereIsEachGetsOne() {
        Configuration two = routes("http://a:1", "http://b:1");
        DestinationShares shares = new DestinationShares(two, 1);
        assertThat(enter(share(two, shares, 0), 2)).isEqualTo(1);
        assertThat(enter(share(two, shares, 1), 2)).isEqualTo(1);
    }

    @Test
    void aRouteThatLeadsNowhereHasNoShare() {
        Configuration configuration = Given.nothing().servlet("route0", "/0/*").read();
        assertThat(new DestinationShares(configuration, 8)
                        .of(configuration.routes().get(0)))
                .isNull();
    }

    @Test
    void underContentionTheBoundHoldsAndNoPermitIsLost() throws Exception {
        Configuration two = routes("http://a:1", "http://b:1");
        DestinationShares shares = new DestinationShares(two, 16);
        DestinationShare share = share(two, shares, 0);
        share(two, shares, 1).tryEnter(now);
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.submit(() -> {
                start.await();
                for (int round = 0; round < 20_000; round++) {
                    if (share.tryEnter(now)) {
                        most.accumulateAndGet(share.count(), Math::max);
                        share.leave();
                    }
                }
                return null;
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 8);
        assertThat(share.count()).isZero();
    }
}
