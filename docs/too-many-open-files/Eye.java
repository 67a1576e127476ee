import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel says of a process: its descriptors, and its side's sockets in TIME_WAIT towards a port. Linux. */
final class Eye {
    private static final String ESTABLISHED = "01";
    private static final String TIME_WAIT = "06";

    private final Path descriptors;
    private final int upstreamPort;
    private final List<Long> overTime = new ArrayList<>();
    private long mostUpstream;
    private long mostResting;
    private long second;

    Eye(String pid, int upstreamPort) {
        descriptors = Path.of("/proc", pid, "fd");
        this.upstreamPort = upstreamPort;
    }

    /** Counts descriptors, and once a second the sockets too, of which a machine may have many. */
    void look() throws IOException {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (now != second) {
            second = now;
            overTime.add(0L);
            mostUpstream = Math.max(mostUpstream, sockets(ESTABLISHED));
            mostResting = Math.max(mostResting, sockets(TIME_WAIT));
        }
        if (Files.exists(descriptors)) {
            try (Stream<Path> entries = Files.list(descriptors)) {
                int last = overTime.size() - 1;
                overTime.set(last, Math.max(overTime.get(last), entries.count()));
            }
        }
    }

    /** The most of each, and the most descriptors of each second. */
    String seen() {
        return "descriptors=" + overTime.stream().max(Long::compare).orElse(0L) + " upstream=" + mostUpstream
                + " timewait=" + mostResting + " overtime="
                + overTime.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private long sockets(String state) throws IOException {
        long count = 0;
        // A JVM's sockets are in the latter.
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                String remotePort = columns[2].substring(columns[2].indexOf(':') + 1);
                if (state.equals(columns[3]) && Integer.parseInt(remotePort, 16) == upstreamPort) {
                    count++;
                }
            }
        }
        return count;
    }
}
