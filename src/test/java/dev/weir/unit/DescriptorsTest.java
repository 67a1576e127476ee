package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.limits.AutoLimits;
import dev.weir.limits.Descriptors;
import dev.weir.limits.ProcessDescriptors;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
    private static final OptionalInt AUTO = OptionalInt.empty();

    /** A process whose count the test decides. */
    private static final class Counted implements ProcessDescriptors {
        private long open = 60;
        private boolean exhausted;

        @Override
        public long limit() {
            return 256;
        }

        @Override
        public long open() {
            if (exhausted) {
                throw new InternalError("errno: 24 error: Unable to open directory /proc/self/fd");
            }
            return open;
        }
    }

    private final Counted process = new Counted();
    private final Descriptors descriptors =
            new Descriptors(AutoLimits.of(process.limit(), process.open(), AUTO, AUTO, AUTO), process);

    private void sample(long open) {
        process.open = open;
        descriptors.sample();
    }

    @Test
    void itIsLowWhileFewerThanTheReserveAreFree() {
        assertThat(descriptors.limits().reserve()).isEqualTo(92);
        sample(256 - 92);
        assertThat(descriptors.isLow()).isFalse();
        sample(256 - 91);
        assertThat(descriptors.isLow()).isTrue();
        sample(256 - 92);
        assertThat(descriptors.isLow()).isFalse();
    }

    @Test
    void itIsScarceWhileFewerThanHalfOfTheReserveAreFree() {
        sample(256 - 46);
        assertThat(descriptors.isScarce()).isFalse();
        sample(256 - 45);
        assertThat(descriptors.isScarce()).isTrue();
    }

    @Test
    void betweenSamplesOurOwnCount() {
        sample(256 - 92);
        descriptors.opened();
        assertThat(descriptors.open()).isEqualTo(165);
        assertThat(descriptors.isLow()).isTrue();
        descriptors.closed();
        assertThat(descriptors.isLow()).isFalse();
        descriptors.opened();
        sample(150);
        assertThat(descriptors.open()).as("a sample counts ours, too").isEqualTo(150);
    }

    @Test
    void whereNotEvenCountingIsPossibleNoneIsFreeUntilItIsAgain() {
        process.exhausted = true;
        descriptors.sample();
        assertThat(descriptors.open()).isEqualTo(256);
        assertThat(descriptors.isLow()).isTrue();
        assertThat(descriptors.isScarce()).isTrue();
        process.exhausted = false;
        descriptors.sample();
        assertThat(descriptors.isLow()).isFalse();
    }

    @Test
    void withoutABeanThatCountsThereIsNoLimit() {
        var bean = (java.lang.management.OperatingSystemMXBean) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {java.lang.management.OperatingSystemMXBean.class},
                (proxy, method, args) -> null);
        ProcessDescriptors unknown = ProcessDescriptors.of(bean);
        assertThat(unknown.limit()).isEqualTo(Long.MAX_VALUE);
        Descriptors unlimited = new Descriptors(AutoLimits.of(unknown.limit(), 0, AUTO, AUTO, AUTO), unknown);
        unlimited.opened();
        assertThat(unlimited.isLow()).isFalse();
        assertThat(unlimited.isScarce()).isFalse();
    }

    @Test
    void onThisMachineTheyAreCounted() {
        ProcessDescriptors real = ProcessDescriptors.of(ManagementFactory.getOperatingSystemMXBean());
        assertThat(real.open()).isPositive();
        assertThat(real.limit()).isGreaterThan(real.open());
    }

    /** Whether the kernel tells the number or all entries are read: those that were opened are in it. */
    @Test
    void whatTheProcessOpensIsCounted(@TempDir Path folder) throws IOException {
        ProcessDescriptors own = ProcessDescriptors.ofThisProcess();
        long before = own.open();
        List<InputStream> opened = new ArrayList<>();
        try {
            Path file = Files.createFile(folder.resolve("file"));
            for (int i = 0; i < 200; i++) {
                opened.add(Files.newInputStream(file));
            }
            assertThat(own.open() - before).isBetween(150L, 250L);
        } finally {
            for (InputStream stream : opened) {
                stream.close();
            }
        }
    }
}
