package dev.weir.vitals;

import dev.weir.config.ConfigurationException;
import dev.weir.config.Parameter;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.limits.AutoLimits;
import dev.weir.limits.ProcessDescriptors;
import dev.weir.upstream.PortRange;
import java.util.Map;

/** What the parameters come to on this machine that may be {@code auto}. */
public final class WorkedOut {
    private WorkedOut() {}

    /**
     * By parameter, as a start would have them; those that the descriptor limit decides are missing where it is too small.
     */
    public static Map<Parameter<?>, Number> before(Values shared) {
        try {
            AutoLimits limits = AutoLimits.of(ProcessDescriptors.ofThisProcess(), shared);
            return of(limits, limits.maxInFlight(shared));
        } catch (ConfigurationException tooFew) {
            return Map.of(SharedParameters.CONNECT_RATE, PortRange.read().connectsPerSecond());
        }
    }

    /** By parameter, with these limits in force. */
    static Map<Parameter<?>, Number> of(AutoLimits limits, int maxInFlight) {
        return Map.of(
                SharedParameters.CONNECT_RATE, PortRange.read().connectsPerSecond(),
                SharedParameters.CONNECTION_BUDGET, limits.connectionBudget(),
                SharedParameters.MAX_IDLE_CONNECTIONS, limits.connectionBudget(),
                SharedParameters.DESCRIPTOR_RESERVE, limits.reserve(),
                SharedParameters.MAX_CLIENTS, limits.maxClients(),
                SharedParameters.MAX_IN_FLIGHT, maxInFlight);
    }
}
