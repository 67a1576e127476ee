package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Outcome;
import org.junit.jupiter.api.Test;

class RecentFailuresTest {
    private final RecentFailures failures = new RecentFailures();

    @Test
    void theLastFiftyAreKeptTheNewestFirst() {
        for (int i = 0; i < 60; i++) {
            failures.ended(Ended.after(1, Outcome.POOL_FULL, "/proxy/" + i));
        }
        assertThat(failures.last()).hasSize(50);
        assertThat(failures.last().get(0).path()).isEqualTo("/proxy/59");
        assertThat(failures.last().get(49).path()).isEqualTo("/proxy/10");
        assertThat(failures.last().get(0).sentence()).isEqualTo("It is pool-full.");
        assertThat(failures.last().get(0).status()).isEqualTo(503);
    }

    @Test
    void whatWentWellIsNotAmongThem() {
        failures.ended(Ended.after(1, Outcome.OK));
        assertThat(failures.last()).isEmpty();
    }

    @Test
    void aLongPathIsCut() {
        failures.ended(Ended.after(1, Outcome.CLOSED, "/" + "a".repeat(100_000)));
        assertThat(failures.last().get(0).path()).hasSizeLessThan(600).endsWith("...");
    }
}
