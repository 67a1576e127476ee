package dev.weir.limits;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The descriptors of this process, as the system counts them.
 *
 * <p>Threads: any. Off the data path: counting may read a directory with an entry for each descriptor.
 */
public interface ProcessDescriptors {
    /** The most that may be open; {@link Long#MAX_VALUE} where the system names none. */
    long limit();

    /**
     * Open now, 0 where nobody counts them.
     *
     * @throws InternalError where not even counting is possible, for that may take one itself
     */
    long open();

    /** Those that the JVM's bean counts on Unix; on other systems there is no limit. */
    static ProcessDescriptors ofThisProcess() {
        return of(ManagementFactory.getOperatingSystemMXBean());
    }

    /** Those of a bean. */
    static ProcessDescriptors of(OperatingSystemMXBean bean) {
        return bean instanceof UnixOperatingSystemMXBean unix ? new OfUnix(unix) : new Unlimited();
    }

    /**
     * Counted by the kernel where it does, else by the bean. Linux tells the number as the directory's size since 6.2, and counts
     * what a waiting accept(2) has reserved, as its limit does; the bean reads all entries, which for 20,000 of them, four times a
     * second, is a tenth of a core.
     */
    record OfUnix(UnixOperatingSystemMXBean bean) implements ProcessDescriptors {
        private static final Path DIRECTORY = Path.of("/proc/self/fd");

        @Override
        public long limit() {
            long limit = bean.getMaxFileDescriptorCount();
            return limit > 0 ? limit : Long.MAX_VALUE; // RLIM_INFINITY comes as -1
        }

        @Override
        public long open() {
            long told = told();
            return told > 0 ? told : bean.getOpenFileDescriptorCount();
        }

        /** 0 where the kernel does not tell. */
        private static long told() {
            try {
                return Files.size(DIRECTORY);
            } catch (IOException notLinux) {
                return 0;
            }
        }
    }

    /** Nobody counts, nobody bounds. */
    record Unlimited() implements ProcessDescriptors {
        @Override
        public long limit() {
            return Long.MAX_VALUE;
        }

        @Override
        public long open() {
            return 0;
        }
    }
}
