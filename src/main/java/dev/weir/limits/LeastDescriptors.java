package dev.weir.limits;

import dev.weir.config.ConfigurationException;
import dev.weir.config.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a descriptor limit must hold, at least.
 *
 * @param openAtStart open before anything was served
 * @param explicitReserve empty is {@code auto}
 * @param connections upstream sockets
 * @param clients client connections
 */
record LeastDescriptors(long openAtStart, OptionalInt explicitReserve, int connections, int clients) {
    /** For what is opened after the start: the listener, selectors, files of classes, and sockets that are closing. */
    static final int HEAD_ROOM = 16;

    private static final int LEAST_RESERVE = 64;
    private static final int RESERVE_BEYOND_OPEN = 32;

    /** The descriptors kept back under a limit: max(64, open at start + 32, a tenth), unless one was set. */
    long reserve(long limit) {
        long least = Math.max(LEAST_RESERVE, openAtStart + RESERVE_BEYOND_OPEN);
        long tenth = limit == Long.MAX_VALUE ? 0 : limit / 10;
        return explicitReserve.isPresent() ? explicitReserve.getAsInt() : Math.max(least, tenth);
    }

    /** @throws ConfigurationException where the limit is smaller than {@link #needed} */
    void require(long limit) {
        if (!fits(limit)) {
            throw new ConfigurationException(List.of(new Problem(
                    "descriptor limit of the process (ulimit -n)",
                    Long.toString(limit),
                    expected(),
                    Optional.empty())));
        }
    }

    /** The smallest limit that holds it all. */
    long needed() {
        long outside = openAtStart + HEAD_ROOM + connections + clients;
        // The reserve is a constant, or a tenth of the limit; the latter makes it ten ninths, give or take the
        // rounding.
        long needed =
                explicitReserve.isPresent() || fits(outside + reserve(0)) ? outside + reserve(0) : outside * 10 / 9 - 1;
        while (!fits(needed)) {
            needed++;
        }
        return needed;
    }

    private boolean fits(long limit) {
        return limit - reserve(limit) >= openAtStart + HEAD_ROOM + connections + clients;
    }

    private String expected() {
        long needed = needed();
        return "at least " + needed + ", for " + openAtStart + " open at start, " + HEAD_ROOM + " more of our own, "
                + reserve(needed)
                + " in reserve (weir.descriptorReserve), " + connections
                + " upstream sockets (weir.connectionBudget) and "
                + clients + " clients (weir.maxClients)";
    }
}
