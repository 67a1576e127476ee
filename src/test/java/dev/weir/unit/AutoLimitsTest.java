package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ConfigurationException;
import dev.weir.limits.AutoLimits;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoLimitsTest {
    private static final OptionalInt AUTO = OptionalInt.empty();

    private static AutoLimits auto(long limit, long openAtStart) {
        return AutoLimits.of(limit, openAtStart, AUTO, AUTO, AUTO);
    }

    @ParameterizedTest
    @CsvSource({
        // limit, open at start, reserve, connection budget, clients
        "256,60,92,54,34",
        "1024,60,102,307,539",
        "20000,60,2000,6000,11924",
        "1000000,60,100000,21845,43691",
        "1024,100,132,297,479"
    })
    void autoSplitsAsTheContractSays(long limit, long open, long reserve, int budget, int clients) {
        assertThat(auto(limit, open)).isEqualTo(new AutoLimits(limit, open, reserve, budget, clients));
    }

    @Test
    void withoutALimitTheBoundsAreThoseOfTheLargestOneAndItIsSaid() {
        AutoLimits limits = auto(Long.MAX_VALUE, 0);
        assertThat(limits.isLimited()).isFalse();
        assertThat(limits.connectionBudget()).isEqualTo(21_845);
        assertThat(limits.maxClients()).isEqualTo(43_691);
        assertThat(limits.sentence(100, 1 << 30)).contains("no limit known on this system", "1024 MiB");
    }

    @Test
    void theSentenceHasTheWholeSplit() {
        assertThat(auto(256, 60).sentence(40, 256 << 20))
                .isEqualTo("Descriptors: limit 256, open at start 60, reserve 92; connection budget 54, clients 34,"
                        + " exchanges in flight 40, direct memory at most 256 MiB.");
    }

    @Test
    void whatIsSetOverridesAndTheRestFollows() {
        AutoLimits limits = AutoLimits.of(1024, 60, OptionalInt.of(64), OptionalInt.of(100), AUTO);
        assertThat(limits).isEqualTo(new AutoLimits(1024, 60, 64, 100, 784));
        assertThat(AutoLimits.of(1024, 60, AUTO, AUTO, OptionalInt.of(800)).connectionBudget())
                .isEqualTo(46);
        assertThat(AutoLimits.of(1_000_000, 60, AUTO, OptionalInt.of(65_536), OptionalInt.of(500_000)))
                .isEqualTo(new AutoLimits(1_000_000, 60, 100_000, 65_536, 500_000));
    }

    @Test
    void aLimitThatIsTooSmallSaysWhichOneIsNeeded() {
        assertThatThrownBy(() -> auto(64, 20))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "descriptor limit of the process (ulimit -n): 64 (expected: at least 112, for 20 open at start, 16 more of"
                                + " our own, 64 in reserve (weir.descriptorReserve), 4 upstream sockets (weir.connectionBudget) and 8"
                                + " clients (weir.maxClients))");
    }

    @Test
    void valuesThatDoNotFitTogetherSayWhichLimitTheyNeed() {
        assertThatThrownBy(() -> AutoLimits.of(1024, 60, AUTO, OptionalInt.of(500), OptionalInt.of(500)))
                .hasMessageContaining("at least 1195")
                .hasMessageContaining("119 in reserve");
    }

    @Test
    void theLimitThatIsNamedIsTheSmallestThatDoesAndNothingEverExceedsALimit() {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            long limit = 16 + random.nextInt(random.nextBoolean() ? 500 : 100_000);
            long open = 5 + random.nextInt(150);
            OptionalInt reserve = random.nextInt(3) > 0 ? AUTO : OptionalInt.of(16 + random.nextInt(500));
            OptionalInt budget = random.nextInt(3) > 0 ? AUTO : OptionalInt.of(1 + random.nextInt(1_000));
            OptionalInt clients = random.nextInt(3) > 0 ? AUTO : OptionalInt.of(1 + random.nextInt(1_000));
            String which = String.join(" ", "" + limit, "" + open, "" + reserve, "" + budget, "" + clients);
            AutoLimits limits;
            try {
                limits = AutoLimits.of(limit, open, reserve, budget, clients);
            } catch (ConfigurationException tooSmall) {
                long needed = Long.parseLong(tooSmall.getMessage().replaceAll(".*at least (\\d+).*", "$1"));
                assertThat(needed).as(which).isGreaterThan(limit);
                assertThatThrownBy(() -> AutoLimits.of(needed - 1, open, reserve, budget, clients))
                        .as(which)
                        .isInstanceOf(ConfigurationException.class);
                limits = AutoLimits.of(needed, open, reserve, budget, clients);
            }
            assertThat(limits.openAtStart() + 16 + limits.connectionBudget() + limits.maxClients())
                    .as(which)
                    .isLessThanOrEqualTo(limits.descriptors() - limits.reserve());
            assertThat(limits.connectionBudget()).as(which).isPositive();
            assertThat(limits.maxClients()).as(which).isPositive();
        }
    }

    @Test
    void exchangesInFlightFitIntoTheDirectMemory() {
        AutoLimits limits = auto(20_000, 60);
        long buffers = (32 + 64) << 10;
        assertThat(limits.maxInFlight(64L << 20, buffers)).isEqualTo(341);
        assertThat(341 * 2 * buffers).isLessThanOrEqualTo(64L << 20);
        assertThat(limits.maxInFlight(1L << 20, buffers)).isEqualTo(5);
        assertThat(limits.maxInFlight(1, buffers)).isEqualTo(1);
        assertThat(limits.maxInFlight(64L << 30, buffers)).isEqualTo(limits.maxClients());
    }
}
