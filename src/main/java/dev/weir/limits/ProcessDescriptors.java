package dev.weir.limits;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * The descriptors of this process, as the system counts them.
 *
 * <p>Threads: any. Counting reads a directory with an entry for each descriptor: off the data path.
 */
public interface ProcessDescriptors {
    /** The most that may be open; {@link Long#MAX_VALUE} where the system names none. */
    long limit();

    /**
     * Open now, 0 where nobody counts them.
     *
     * @throws InternalError where not even counting is possible, for it takes one itself
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

    /** Counted by the bean. */
    record OfUnix(UnixOperatingSystemMXBean bean) implements ProcessDescriptors {
        @Override
        public long limit() {
            long limit = bean.getMaxFileDescriptorCount();
            return limit > 0 ? limit : Long.MAX_VALUE; // RLIM_INFINITY comes as -1
        }

        @Override
        public long open() {
            return bean.getOpenFileDescriptorCount();
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
