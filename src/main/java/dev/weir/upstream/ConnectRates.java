package dev.weir.upstream;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast sockets to each upstream may be opened. All destinations of one name share a bucket, at once and one after the
 * other, for they fill the same range of ports. The {@value #MOST} upstreams asked for last are remembered.
 *
 * <p>Threads: guarded by the budget.
 */
final class ConnectRates {
    private static final int MOST = 4096;

    private final Map<String, TokenBucket> byName = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MOST;
        }
    };

    /** An upstream's bucket; {@code perSecond} counts where it is a new one. */
    TokenBucket of(String name, int perSecond, long nowNanos) {
        return byName.computeIfAbsent(name, unknown -> new TokenBucket(perSecond, nowNanos));
    }
}
