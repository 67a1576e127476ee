package dev.weir.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports that the system gives to outgoing connections, and how many of them rest.
 *
 * @param first the lowest
 * @param last the highest
 */
public record PortRange(int first, int last) {
    /** What Linux has unless told otherwise, and others have more of. */
    private static final PortRange USUAL = new PortRange(32_768, 60_999);

    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Path SOCKETS = Path.of("/proc/net/sockstat");
    private static final Pattern TIME_WAIT = Pattern.compile("(?m)^TCP: .*\\btw (\\d+)");
    private static final double SHARE = 0.8;
    /** How long a port rests after its connection (TIME_WAIT on Linux). */
    private static final int REST_SECONDS = 60;

    /** This machine's range; the usual one where it does not tell. */
    public static PortRange read() {
        try {
            String[] bounds = setting(RANGE).split("\\s+");
            return new PortRange(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]));
        } catch (IOException | RuntimeException notLinux) {
            return USUAL;
        }
    }

    /** By a reader with a buffer: the kernel hands such a file out in one piece, and nothing of it after the first read. */
    static String setting(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return reader.readLine().strip();
        }
    }

    /** How many ports there are. */
    public int size() {
        return last - first + 1;
    }

    /** How many new connections a second to one destination cannot fill the range with resting ports; at least 1. */
    public int connectsPerSecond() {
        return Math.max(1, (int) (SHARE * size() / REST_SECONDS));
    }

    /** Sockets in TIME_WAIT on this machine now, of all destinations and processes; -1 where it does not tell. */
    public static int resting() {
        try {
            Matcher matcher = TIME_WAIT.matcher(Files.readString(SOCKETS));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
        } catch (IOException notLinux) {
            return -1;
        }
    }
}
