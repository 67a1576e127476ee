package dev.weir.limits;

import dev.weir.config.Values;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The descriptors of the process against their limit: what the last {@link #sample} counted, and what was opened and
 * closed by us since. While fewer than the reserve are free, exchanges are refused; while fewer than half of it are, the
 * launcher accepts nobody.
 *
 * <p>Threads: any; sampled by one at a time. Reading is two volatile reads.
 *
 * <p>Race: what is opened or closed while a sample counts may be counted twice or not at all, until the next sample.
 */
public final class Descriptors {
    private final AutoLimits limits;
    private final ProcessDescriptors process;
    /** Opened less closed by us, ever. */
    private final AtomicLong own = new AtomicLong();
    /** Open at the last sample, less {@link #own} then: with it, what is open now. */
    private volatile long others;

    /**
     * Those of this process.
     *
     * @throws dev.weir.config.ConfigurationException where the limit is too small, and says which one is needed
     */
    public static Descriptors of(Values shared) {
        ProcessDescriptors process = ProcessDescriptors.ofThisProcess();
        return new Descriptors(AutoLimits.of(process, shared), process);
    }

    /** Those of a process, with the limits in force. */
    public Descriptors(AutoLimits limits, ProcessDescriptors process) {
        this.limits = limits;
        this.process = process;
        sample();
    }

    /** Counts anew. Where not even that is possible, none is free, until a later sample succeeds. */
    public void sample() {
        if (!limits.isLimited()) {
            return;
        }
        long before = own.get();
        long counted = counted();
        // Many may be closed and opened again while it counts: not to be taken for others' on top of ours.
        others = counted - Math.max(before, own.get());
    }

    private long counted() {
        try {
            return process.open();
        } catch (InternalError tooManyOpenFiles) {
            return limits.descriptors();
        }
    }

    /** One of ours is about to be opened; exactly one {@link #closed} follows. */
    public void opened() {
        own.incrementAndGet();
    }

    /** One of ours is closed, or was not opened after all. */
    public void closed() {
        own.decrementAndGet();
    }

    /** Open now; only ours where the system names no limit. */
    public long open() {
        return others + own.get();
    }

    /** How many more may be opened until exchanges are refused; beyond all bounds where the system names no limit. */
    public long left() {
        return Math.max(0, limits.descriptors() - limits.reserve() - open());
    }

    /** Whether fewer than the reserve are free. */
    public boolean isLow() {
        return limits.descriptors() - open() < limits.reserve();
    }

    /** Whether fewer than half of the reserve are free. */
    public boolean isScarce() {
        return limits.descriptors() - open() < limits.reserve() / 2;
    }

    /** The limits in force. */
    public AutoLimits limits() {
        return limits;
    }
}
