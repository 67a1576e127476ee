package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Configuration;
import dev.weir.exchange.Outcome;
import dev.weir.limits.AutoLimits;
import dev.weir.limits.Descriptors;
import dev.weir.limits.Drain;
import dev.weir.limits.ProcessDescriptors;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final OptionalInt AUTO = OptionalInt.empty();

    private static final class Process implements ProcessDescriptors {
        private long open = 50;

        @Override
        public long limit() {
            return 1000;
        }

        @Override
        public long open() {
            return open;
        }
    }

    private final Process process = new Process();
    private final Descriptors descriptors = new Descriptors(AutoLimits.of(1000, 50, AUTO, AUTO, AUTO), process);
    private final Drain drain = new Drain();
    private final ManualClock clock = new ManualClock();

    private Readiness readiness(Configuration configuration) {
        return new Readiness(configuration, drain, descriptors, clock);
    }

    private void open(long count) {
        process.open = count;
        descriptors.sample();
    }

    @Test
    void descriptorsMayBeLowForAMoment() {
        Readiness readiness = readiness(Ended.CONFIGURATION);
        open(950);
        readiness.look();
        clock.pass(4999);
        readiness.look();
        assertThat(readiness.unready()).isEmpty();
        clock.pass(1);
        readiness.look();
        assertThat(readiness.unready()).contains(Outcome.DESCRIPTORS_LOW);
        open(100);
        readiness.look();
        assertThat(readiness.unready()).isEmpty();
        open(950);
        readiness.look();
        assertThat(readiness.unready()).isEmpty();
    }

    @Test
    void aDrainCountsAtOnce() {
        Readiness readiness = readiness(Ended.CONFIGURATION);
        assertThat(readiness.unready()).isEmpty();
        drain.begin();
        assertThat(readiness.unready()).contains(Outcome.DRAINING);
    }

    @Test
    void withoutAnyUpstreamItIsUnconfigured() {
        assertThat(readiness(Ended.configuration(Map.of())).unready()).contains(Outcome.UNCONFIGURED);
    }
}
