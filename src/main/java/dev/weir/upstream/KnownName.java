package dev.weir.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is known of one name: its addresses (at most {@value #MAX_ADDRESSES}), their age, how the last look-up failed if it
 * did, and which addresses took a connection.
 *
 * <p>Threads: guarded by the lock of {@link NameCache}. Every {@code now} is of the same clock.
 */
final class KnownName {
    static final int MAX_ADDRESSES = 32;
    /** Expired addresses serve while look-ups fail, until they are so many times the TTL old. */
    static final int STALE_TTLS = 10;

    /** How long a failed look-up stands before the next one, at most; less where the TTL is. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FAILED_RECENTLY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long ttlNanos;
    private final Map<InetAddress, Long> failedNanos = new HashMap<>();
    private List<InetAddress> addresses = List.of();
    private long resolvedNanos;
    private Throwable failure;
    private long failureNanos;
    private InetAddress lastGood;

    KnownName(Duration ttl) {
        ttlNanos = ttl.toNanos();
    }

    /** The look-up found these. */
    void learn(List<InetAddress> found, long now) {
        addresses = interleaved(found.subList(0, Math.min(found.size(), MAX_ADDRESSES)));
        resolvedNanos = now;
        failure = null;
        failedNanos.keySet().retainAll(addresses);
    }

    /** The look-up failed; what was known before stays for a while. */
    void learn(Throwable problem, long now) {
        failure = problem;
        failureNanos = now;
    }

    /** How the last look-up failed, null where it did not. */
    Throwable failure() {
        return failure;
    }

    /** Whether any address was ever found. */
    boolean isKnown() {
        return !addresses.isEmpty();
    }

    /** Whether the addresses may be used without asking again. */
    boolean isFresh(long now) {
        return failure == null && !addresses.isEmpty() && now - resolvedNanos < ttlNanos;
    }

    /** Whether those who are connected already should hear what the addresses are now. */
    boolean isRefreshDue(long now) {
        boolean old = addresses.isEmpty() || now - resolvedNanos >= Math.max(ttlNanos, RETRY_NANOS);
        return old && isRetryDue(now);
    }

    /** Whether the addresses may be used where a look-up fails. */
    boolean isUsable(long now) {
        return !addresses.isEmpty() && now - resolvedNanos < ttlNanos * STALE_TTLS;
    }

    /** Whether the last look-up failed so long ago, or not at all, that another may run. */
    boolean isRetryDue(long now) {
        return failure == null || now - failureNanos >= Math.min(ttlNanos, RETRY_NANOS);
    }

    void connected(InetAddress address) {
        lastGood = address;
        failedNanos.remove(address);
    }

    void failed(InetAddress address, long now) {
        if (address.equals(lastGood)) {
            lastGood = null;
        }
        if (addresses.contains(address)) {
            failedNanos.put(address, now);
        }
    }

    /** The addresses in the order to try them: the last one that connected first, those that failed recently last. */
    List<InetAddress> inOrder(long now) {
        List<InetAddress> order = new ArrayList<>();
        List<InetAddress> last = new ArrayList<>();
        for (InetAddress address : addresses) {
            Long failed = failedNanos.get(address);
            (failed != null && now - failed < FAILED_RECENTLY_NANOS ? last : order).add(address);
        }
        if (order.remove(lastGood)) {
            order.add(0, lastGood);
        }
        order.addAll(last);
        return order;
    }

    /** RFC 8305 §4: the families take turns, the first one's first. */
    private static List<InetAddress> interleaved(List<InetAddress> found) {
        Deque<InetAddress> turn = new ArrayDeque<>();
        Deque<InetAddress> other = new ArrayDeque<>();
        for (InetAddress address : found) {
            boolean first = address instanceof Inet6Address == found.get(0) instanceof Inet6Address;
            (first ? turn : other).add(address);
        }
        List<InetAddress> order = new ArrayList<>();
        while (!turn.isEmpty()) {
            order.add(turn.remove());
            if (!other.isEmpty()) {
                Deque<InetAddress> next = other;
                other = turn;
                turn = next;
            }
        }
        return List.copyOf(order);
    }
}
