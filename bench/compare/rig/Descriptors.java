import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many descriptors a process that is started here may have. */
final class Descriptors {
    private static final int FALLBACK = 1024;
    private static final int BUSY = 100;
    private static final int SPARE = 10;
    private static final int CONNECTIONS_EACH = 4;
    private static final String NAME = "Max open files";

    private Descriptors() {}

    static int limit() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith(NAME)) {
                    String hard = line.substring(NAME.length()).strip().split("\\s+")[1];
                    return hard.matches("\\d{1,7}") ? Integer.parseInt(hard) : 1_000_000;
                }
            }
        } catch (IOException e) {
            return FALLBACK;
        }
        return FALLBACK;
    }

    /** Clients that all ask at once, with an upstream connection each, of which Weir has three tenths: 5,990 at 20,000. */
    static int busyClients() {
        return Math.max(1, limit() * 3 / 10 - SPARE);
    }

    /** Destinations of which Weir can keep some connections each, among the same. */
    static int destinations() {
        return Math.max(1, limit() * 3 / 10 / CONNECTIONS_EACH);
    }

    /** Idle clients for which a Weir has room under this limit beside busy ones: 11,924 clients at 20,000, 539 at 1,024. */
    static int idleClients(int wanted) {
        return Math.max(1, Math.min(wanted, limit() * 11 / 20 - BUSY));
    }
}
