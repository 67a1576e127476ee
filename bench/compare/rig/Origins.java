import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Upstream origins that differ by their ports, one after the other from the first on, and all belong to one nginx.
 * Each says its port in {@link #HEADER}.
 */
record Origins(int firstPort, int count) {
    static final Origins NONE = new Origins(0, 0);
    static final String HEADER = "X-Origin";

    /** Below the ports that Linux gives to connections unless it is told otherwise: those would come and go. */
    private static final int LOWEST = 10_000;

    private static final int HIGHEST = 32_767;
    private static final int BACKLOG = 1;

    /** Ports that are free now. */
    static Origins find(int count) throws IOException {
        int first = LOWEST;
        while (first + count - 1 <= HIGHEST) {
            int taken = firstTaken(first, count);
            if (taken == 0) {
                return new Origins(first, count);
            }
            first = taken + 1;
        }
        throw new IOException("no " + count + " free ports in a row from " + LOWEST + " to " + HIGHEST);
    }

    /** All are held until the last has been had, so that they are free at the same time. */
    private static int firstTaken(int first, int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int port = first; port < first + count; port++) {
                try {
                    held.add(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()));
                } catch (IOException e) {
                    return port;
                }
            }
            return 0;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    int port(int number) {
        return firstPort + number;
    }

    /** What {@code template} makes of every origin's number and port, a line each. */
    String each(String template) {
        return IntStream.range(0, count)
                .mapToObj(number -> template.replace("{number}", String.valueOf(number))
                        .replace("{port}", String.valueOf(port(number))))
                .collect(Collectors.joining("\n"));
    }
}
