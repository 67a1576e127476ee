package dev.weir.vitals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How fast the local ports towards each destination go: looked at while somebody looks, for counting them takes a walk
 * through all sockets of the machine.
 *
 * <p>Threads: any.
 */
final class PortTrends {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    /** A shorter look would take a burst for a trend. */
    private static final long LEAST_NANOS = 3_000_000_000L;

    private record Sample(long nanoTime, int taken) {}

    private final Map<String, Deque<Sample>> byDestination = new HashMap<>();

    /**
     * In how many seconds no port is left, if it goes on as in the last 10; empty where that cannot be told, or does not
     * come.
     */
    synchronized OptionalLong secondsLeft(String destination, int taken, int left, long nanoTime) {
        Deque<Sample> samples = byDestination.computeIfAbsent(destination, unknown -> new ArrayDeque<>());
        samples.addLast(new Sample(nanoTime, taken));
        while (nanoTime - samples.getFirst().nanoTime() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long window = nanoTime - first.nanoTime();
        if (window < LEAST_NANOS) {
            return OptionalLong.empty();
        }
        int middle = samples.stream()
                .filter(sample -> sample.nanoTime() - first.nanoTime() <= window / 2)
                .reduce((one, next) -> next)
                .orElse(first)
                .taken();
        return Forecast.seconds(first.taken(), middle, taken, window / 1e9, left);
    }

    /** Forgets all others. */
    synchronized void keepOnly(Set<String> destinations) {
        byDestination.keySet().retainAll(destinations);
    }
}
