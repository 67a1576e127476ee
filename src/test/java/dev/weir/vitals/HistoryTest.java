package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.vitals.History.Series;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private void add(long second, long connections) {
        history.add(second, 1, null, 2.5, 0, 0, connections, 0, 0);
    }

    @Test
    void itKeepsFifteenMinutesTheOldestFirst() {
        for (int second = 0; second < History.SECONDS + 5; second++) {
            add(second, second);
        }
        Object[] times = (Object[]) history.json().get("time");
        assertThat(times).hasSize(900).startsWith(5L).endsWith(904L);
        assertThat((Object[]) history.json().get("connections")).startsWith(5.0).endsWith(904.0);
    }

    @Test
    void whatWasNotThereIsNull() {
        add(1, 0);
        assertThat((Object[]) history.json().get("p50")).containsExactly((Object) null);
        assertThat((Object[]) history.json().get("p99")).containsExactly(2.5);
    }

    @Test
    void aForecastGoesOnAsTheLastTenSeconds() {
        for (int second = 0; second <= 30; second++) {
            add(second, Math.max(0, second - 20) * 7);
        }
        assertThat(history.secondsUntilGrown(Series.CONNECTIONS, 280)).hasValue(40);
        assertThat(history.secondsUntilGrown(Series.CONNECTIONS, 0)).hasValue(0);
        assertThat(history.secondsUntilGrown(Series.CONNECTIONS, 1_000_000)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void aBurstThatIsOverIsNoTrend() {
        for (int second = 0; second <= 30; second++) {
            add(second, second < 24 ? 0 : 45);
        }
        assertThat(history.secondsUntilGrown(Series.CONNECTIONS, 280)).isEmpty();
    }

    @Test
    void whatDoesNotGrowHasNone() {
        for (int second = 0; second <= 30; second++) {
            add(second, 100 - second);
        }
        assertThat(history.secondsUntilGrown(Series.CONNECTIONS, 10)).isEmpty();
        assertThat(history.secondsUntilGrown(Series.DESCRIPTORS, 10)).isEmpty();
    }

    @Test
    void tenSecondsAreNotKnownBeforeTheyHavePassed() {
        for (int second = 0; second < 10; second++) {
            add(second, second * 100);
        }
        assertThat(history.secondsUntilGrown(Series.CONNECTIONS, 10)).isEmpty();
    }
}
