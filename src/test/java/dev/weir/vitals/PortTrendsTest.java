package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PortTrendsTest {
    private static final String APP = "http://app:9000";

    private final PortTrends trends = new PortTrends();
    private final ManualClock clock = new ManualClock();

    @Test
    void itSaysWhenNoPortIsLeft() {
        assertThat(trends.secondsLeft(APP, 1000, 28_000, clock.nanoTime())).isEmpty();
        clock.pass(3000);
        assertThat(trends.secondsLeft(APP, 3100, 28_000, clock.nanoTime())).isEmpty();
        clock.pass(3000);
        // 2,100 in each 3 s are 700 a second.
        assertThat(trends.secondsLeft(APP, 5200, 28_000, clock.nanoTime())).hasValue(40);
    }

    @Test
    void aBurstIsNoTrend() {
        trends.secondsLeft(APP, 0, 28_000, clock.nanoTime());
        clock.pass(1000);
        assertThat(trends.secondsLeft(APP, 5000, 23_000, clock.nanoTime())).isEmpty();
    }

    @Test
    void whatWasTenSecondsAgoDoesNotCount() {
        trends.secondsLeft(APP, 0, 28_000, clock.nanoTime());
        for (int second = 0; second < 12; second++) {
            clock.pass(1000);
            trends.secondsLeft(APP, 5000, 23_000, clock.nanoTime());
        }
        assertThat(trends.secondsLeft(APP, 5000, 23_000, clock.nanoTime())).isEmpty();
    }

    @Test
    void whoIsForgottenBeginsAnew() {
        trends.secondsLeft(APP, 0, 28_000, clock.nanoTime());
        trends.keepOnly(Set.of());
        clock.pass(5000);
        assertThat(trends.secondsLeft(APP, 5000, 23_000, clock.nanoTime())).isEmpty();
    }
}
