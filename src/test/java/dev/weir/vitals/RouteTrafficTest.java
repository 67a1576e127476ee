package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.exchange.Outcome;
import org.junit.jupiter.api.Test;

class RouteTrafficTest {
    private final RouteTraffic traffic = new RouteTraffic();

    private void end(int count, long millis, Outcome outcome) {
        for (int i = 0; i < count; i++) {
            traffic.ended(Ended.after(millis, outcome));
        }
    }

    @Test
    void outcomesAreCountedByTheNamesThatUsersSee() {
        end(3, 1, Outcome.OK);
        end(1, 1, Outcome.IDLE_TIMEOUT);
        end(1, 1, Outcome.IDLE_TIMEOUT_SENDING);
        assertThat(traffic.outcomes())
                .containsOnly(java.util.Map.entry("ok", 3L), java.util.Map.entry("idle-timeout", 2L));
    }

    @Test
    void theRateIsThatOfTheLastTenSeconds() {
        end(40, 1, Outcome.OK);
        traffic.tick();
        assertThat(traffic.perSecond()).isEqualTo(40);
        assertThat(traffic.lastSecond()).isEqualTo(40);
        for (int second = 1; second < RouteTraffic.RATE_SECONDS; second++) {
            traffic.tick();
        }
        assertThat(traffic.perSecond()).isEqualTo(4);
        assertThat(traffic.lastSecond()).isZero();
        traffic.tick();
        assertThat(traffic.perSecond()).isZero();
    }

    @Test
    void latenciesAreThoseOfTheLastMinuteAtMost() {
        end(98, 10, Outcome.OK);
        end(2, 500, Outcome.OK);
        traffic.tick();
        assertThat(RouteTraffic.millis(traffic.lastMinute(), 50)).isCloseTo(10, within(0.2));
        assertThat(RouteTraffic.millis(traffic.lastMinute(), 99)).isCloseTo(500, within(5.0));
        for (int second = 0; second < 28; second++) {
            traffic.tick();
        }
        assertThat(RouteTraffic.millis(traffic.lastMinute(), 50)).isNotNull();
        for (int second = 0; second < 31; second++) {
            traffic.tick();
        }
        assertThat(RouteTraffic.millis(traffic.lastMinute(), 50)).isNull();
    }
}
