import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Weir had at one moment.
 *
 * @param second since the load began
 * @param descriptors in {@code /proc/PID/fd}
 * @param heapMib in use after a full collection that was asked for
 * @param threads in {@code /proc/PID/task}
 * @param resting sockets in TIME_WAIT towards an upstream's port: Weir closed them first
 * @param inFlight exchanges, by {@code status.json}, as the next ones
 * @param leased upstream sockets in use
 * @param open upstream sockets in all
 */
record Sample(
        long second,
        long descriptors,
        double heapMib,
        long threads,
        long resting,
        long inFlight,
        long leased,
        long open) {
    static final List<String> COLUMNS =
            List.of("descriptors", "heap MiB", "threads", "TIME_WAIT", "in flight", "leased", "open");
    static final List<ToDoubleFunction<Sample>> VALUES = List.of(
            Sample::descriptors,
            Sample::heapMib,
            Sample::threads,
            Sample::resting,
            Sample::inFlight,
            Sample::leased,
            Sample::open);

    private static final String TIME_WAIT = "06";

    static Sample of(long second, WeirProcess weir, Set<Integer> upstreamPorts) throws IOException {
        String status = weir.status();
        return new Sample(
                second,
                entries(weir.proc("fd")),
                weir.heapAfterCollection(),
                entries(weir.proc("task")),
                resting(upstreamPorts),
                number(status, "inFlight"),
                number(status, "leased"),
                number(status, "open\":(\\d+),\"idle"));
    }

    static long number(String status, String name) {
        String pattern = name.contains("(") ? name : name + "\":(\\d+)";
        Matcher matcher = Pattern.compile('"' + pattern).matcher(status);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + status);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static long resting(Set<Integer> ports) throws IOException {
        long count = 0;
        // A JVM's sockets are in the latter.
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (TIME_WAIT.equals(columns[3])
                        && ports.contains(Integer.parseInt(columns[2].substring(columns[2].indexOf(':') + 1), 16))) {
                    count++;
                }
            }
        }
        return count;
    }
}
