package dev.weir.boot;

import dev.weir.config.ConfigurationException;
import dev.weir.config.Parameter;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.limits.AutoLimits;
import dev.weir.limits.DirectMemory;
import dev.weir.limits.ProcessDescriptors;
import dev.weir.upstream.PortRange;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the parameters come to on this machine that may be {@code auto}, as far as that is known without a start. */
final class WorkedOut {
    private WorkedOut() {}

    /** By parameter; those that the descriptor limit decides are missing where it is too small. */
    static Map<Parameter<?>, Number> of(Values shared) {
        Map<Parameter<?>, Number> numbers = new LinkedHashMap<>();
        numbers.put(SharedParameters.CONNECT_RATE, PortRange.read().connectsPerSecond());
        try {
            add(AutoLimits.of(ProcessDescriptors.ofThisProcess(), shared), shared, numbers);
        } catch (ConfigurationException tooFew) {
            return numbers; // a start says what is needed, and so does --check
        }
        return numbers;
    }

    private static void add(AutoLimits limits, Values shared, Map<Parameter<?>, Number> numbers) {
        numbers.put(SharedParameters.CONNECTION_BUDGET, limits.connectionBudget());
        numbers.put(SharedParameters.MAX_IDLE_CONNECTIONS, limits.connectionBudget());
        numbers.put(SharedParameters.DESCRIPTOR_RESERVE, limits.reserve());
        numbers.put(SharedParameters.MAX_CLIENTS, limits.maxClients());
        long buffers = (long) shared.get(SharedParameters.REQUEST_BUFFER_SIZE)
                + shared.get(SharedParameters.RESPONSE_BUFFER_SIZE);
        numbers.put(SharedParameters.MAX_IN_FLIGHT, limits.maxInFlight(DirectMemory.maxBytes(), buffers));
    }
}
