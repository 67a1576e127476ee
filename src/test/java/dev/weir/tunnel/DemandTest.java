package dev.weir.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DemandTest {
    private final Demand demand = new Demand();
    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void whoWaitsIsWokenOnceWhenSomethingComes() {
        demand.await(woken::incrementAndGet);
        assertThat(woken).hasValue(0);
        assertThat(demand.isOutstanding()).isTrue();
        demand.wake();
        assertThat(woken).hasValue(1);
        assertThat(demand.isOutstanding()).isFalse();
    }

    @Test
    void whatCameBeforeIsNotMissed() {
        demand.wake();
        demand.wake();
        demand.await(woken::incrementAndGet);
        assertThat(woken).hasValue(1);
        demand.await(woken::incrementAndGet);
        assertThat(woken).as("two that came before are one news").hasValue(1);
    }

    @Test
    void aSecondDemandIsRefusedWhileOneIsOutstanding() {
        demand.await(woken::incrementAndGet);
        assertThatThrownBy(() -> demand.await(() -> {})).isInstanceOf(IllegalStateException.class);
        demand.wake();
        assertThat(woken).hasValue(1);
    }

    @Test
    void theCallbackMayDemandAgain() {
        demand.await(() -> demand.await(woken::incrementAndGet));
        demand.wake();
        assertThat(woken).hasValue(0);
        demand.wake();
        assertThat(woken).hasValue(1);
    }

    @Test
    void noWakeUpIsLostOrDoubledBetweenTwoThreads() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int round = 1; round <= 20_000; round++) {
                Future<?> wake = other.submit(demand::wake);
                demand.await(woken::incrementAndGet);
                wake.get();
                assertThat(woken).as("round %d", round).hasValue(round);
            }
        } finally {
            other.shutdownNow();
        }
    }
}
