package dev.weir.limits;

import java.lang.management.ManagementFactory;

/**
 * The numbers behind {@code auto}: how the descriptors are split, and how many exchanges fit.
 *
 * @param descriptors the process's limit, F; {@link Long#MAX_VALUE} where the system names none
 * @param reserve never given to exchanges: max(64, open at start + 32, F/10)
 * @param connectionBudget a third of what is usable
 * @param maxClients the rest of it
 */
public record AutoLimits(long descriptors, long reserve, int connectionBudget, int maxClients) {
    private static final int MAX_USABLE = 65_536;

    /** Reads this process's limit. */
    public static AutoLimits read() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            return of(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount());
        }
        return of(Long.MAX_VALUE, 0);
    }

    /** The split for a limit and a number of descriptors open at start. */
    public static AutoLimits of(long descriptors, long openAtStart) {
        long reserve = Math.max(64, Math.max(openAtStart + 32, descriptors / 10));
        int usable = (int) Math.max(3, Math.min(descriptors - reserve, MAX_USABLE));
        int connectionBudget = usable / 3;
        return new AutoLimits(descriptors, reserve, connectionBudget, usable - connectionBudget);
    }

    /**
     * Exchanges at once: what clients may connect, and what direct memory holds.
     *
     * @param directMemoryBytes the JVM's bound
     * @param buffersBytes both buffer sizes of one exchange
     */
    public int maxInFlight(long directMemoryBytes, long buffersBytes) {
        return (int) Math.max(1, Math.min(maxClients, directMemoryBytes / (2 * buffersBytes)));
    }

    /** The JVM's bound on direct memory: {@code -XX:MaxDirectMemorySize}, or the heap's where it is not set. */
    public static long directMemoryBytes() {
        com.sun.management.HotSpotDiagnosticMXBean hotSpot =
                ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class);
        long set = hotSpot == null
                ? 0
                : Long.parseLong(hotSpot.getVMOption("MaxDirectMemorySize").getValue());
        return set > 0 ? set : Runtime.getRuntime().maxMemory();
    }
}
