package dev.weir.limits;

import dev.weir.config.ConfigurationException;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import java.util.OptionalInt;

/**
 * The numbers in force for descriptors, with {@code auto} worked out: together, what is open at start, the upstream
 * sockets and the clients never exceed the limit less the reserve.
 *
 * @param descriptors the process's limit, F; {@link Long#MAX_VALUE} where the system names none
 * @param openAtStart open before anything was served
 * @param reserve never given to exchanges; {@code auto}: max(64, open at start + 32, F/10)
 * @param connectionBudget upstream sockets in all, from 1 to 65,536; {@code auto}: a third of min(F - reserve, 65,536)
 * @param maxClients client connections, from 1 to 1,000,000; {@code auto}: the rest, less what was open at start
 *     and 16 for what is opened after it
 */
public record AutoLimits(long descriptors, long openAtStart, long reserve, int connectionBudget, int maxClients) {
    /** More would be more than one process serves well, whatever the system allows. */
    private static final int MAX_USABLE = 65_536;

    /** Fewer make no proxy; explicit values may be smaller. */
    private static final int LEAST_CONNECTIONS = 4;

    private static final int LEAST_CLIENTS = 8;

    /**
     * Splits a process's limit by the values that were set.
     *
     * @throws ConfigurationException where the limit is too small, and says which one is needed
     */
    public static AutoLimits of(ProcessDescriptors process, Values shared) {
        return of(
                process.limit(),
                process.open(),
                shared.get(SharedParameters.DESCRIPTOR_RESERVE),
                shared.get(SharedParameters.CONNECTION_BUDGET),
                shared.get(SharedParameters.MAX_CLIENTS));
    }

    /**
     * Splits a limit; whatever is empty is {@code auto}.
     *
     * @throws ConfigurationException where the limit is too small, and says which one is needed
     */
    public static AutoLimits of(
            long descriptors,
            long openAtStart,
            OptionalInt reserve,
            OptionalInt connectionBudget,
            OptionalInt clients) {
        LeastDescriptors least = new LeastDescriptors(
                openAtStart, reserve, connectionBudget.orElse(LEAST_CONNECTIONS), clients.orElse(LEAST_CLIENTS));
        least.require(descriptors);
        long inReserve = least.reserve(descriptors);
        // Unlimited, less the reserve and what is open, is still beyond every bound below.
        long free = descriptors - inReserve - openAtStart - LeastDescriptors.HEAD_ROOM;
        int third = (int) Math.min(descriptors - inReserve, MAX_USABLE) / 3;
        int budget = connectionBudget.orElse((int) Math.min(third, free - least.clients()));
        int rest = (int) Math.min(free - budget, MAX_USABLE - Math.min(budget, MAX_USABLE / 3));
        return new AutoLimits(descriptors, openAtStart, inReserve, budget, clients.orElse(rest));
    }

    /** Whether the system names a limit. */
    public boolean isLimited() {
        return descriptors != Long.MAX_VALUE;
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

    /** The same with the JVM's direct memory and the buffer sizes that were set. */
    public int maxInFlight(Values shared) {
        long buffers = (long) shared.get(SharedParameters.REQUEST_BUFFER_SIZE)
                + shared.get(SharedParameters.RESPONSE_BUFFER_SIZE);
        return maxInFlight(DirectMemory.maxBytes(), buffers);
    }

    /** The whole split in one sentence, for the log. */
    public String sentence(int maxInFlight, long directMemoryBytes) {
        String limit = isLimited()
                ? "Descriptors: limit " + descriptors + ", open at start " + openAtStart + ", reserve " + reserve
                : "Descriptors: no limit known on this system";
        return limit + "; connection budget " + connectionBudget + ", clients " + maxClients + ", exchanges in flight "
                + maxInFlight + ", direct memory at most " + directMemoryBytes / (1 << 20) + " MiB.";
    }
}
