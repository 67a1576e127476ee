package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class JvmMetersTest {
    @Test
    void whatIsClosedIsKeptByNobody() {
        WeakReference<MeterRegistry> closed = closed();
        Awaitility.await("the registry is collected").until(() -> {
            System.gc();
            return closed.get() == null;
        });
        assertThat(closed.get()).isNull();
    }

    private static WeakReference<MeterRegistry> closed() {
        MeterRegistry registry = new SimpleMeterRegistry();
        new JvmMeters(registry).close();
        return new WeakReference<>(registry);
    }
}
