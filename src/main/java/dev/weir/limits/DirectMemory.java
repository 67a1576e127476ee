package dev.weir.limits;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** The memory outside the heap in which bodies stand while they pass. */
public final class DirectMemory {
    private DirectMemory() {}

    /** The JVM's bound in bytes: {@code -XX:MaxDirectMemorySize}, or the heap's where it is not set. */
    public static long maxBytes() {
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long set = hotSpot == null
                ? 0
                : Long.parseLong(hotSpot.getVMOption("MaxDirectMemorySize").getValue());
        return set > 0 ? set : Runtime.getRuntime().maxMemory();
    }
}
