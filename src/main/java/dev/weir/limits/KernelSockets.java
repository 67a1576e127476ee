package dev.weir.limits;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The TCP sockets of this process's network namespace, as Linux lists them. Other systems do not.
 *
 * <p>Threads: any. Each look reads a line for every socket of the machine: off the data path.
 */
public final class KernelSockets {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final Pattern SPACES = Pattern.compile(" +");

    private static final int INODE = 9;

    /** States of RFC 9293 §3.3.2, by the kernel's numbers. */
    public enum State {
        ESTABLISHED("01"),
        /** This end has closed its side first, and the kernel keeps the port for a minute. */
        TIME_WAIT("06"),
        /** The peer has closed its side, and this end has not. */
        CLOSE_WAIT("08"),
        /** Any other: one that is being opened, closed, or listened on. */
        OTHER("");

        private final String number;

        State(String number) {
            this.number = number;
        }

        private static State of(String number) {
            for (State state : values()) {
                if (state.number.equals(number)) {
                    return state;
                }
            }
            return OTHER;
        }
    }

    /** One end of a connection, with its peer's address and port. */
    public record Socket(int localPort, InetAddress peer, int peerPort) {}

    /** Whom a look tells of each socket. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * There is one.
         *
         * @param inode by which a process's descriptors name it; 0 where it is no process's any more
         */
        void socket(State state, Socket socket, long inode);
    }

    private KernelSockets() {}

    /** Whether this system lists them. */
    public static boolean areListed() {
        return Files.isReadable(TABLES.get(0));
    }

    /**
     * Those in a state now. The list is not made at one moment: a socket may be missing though it was there all the time.
     *
     * @throws IOException where they are not listed
     */
    public static Set<Socket> in(State wanted) throws IOException {
        Set<Socket> found = new HashSet<>();
        visit(state -> state == wanted, (state, socket, inode) -> found.add(socket));
        return found;
    }

    /**
     * Tells of those in some states, as {@link #in} does.
     *
     * @throws IOException where they are not listed
     */
    public static void visit(Predicate<State> wanted, Visitor visitor) throws IOException {
        for (Path table : TABLES) {
            if (Files.isReadable(table)) { // there is no tcp6 where IPv6 is off
                read(table, wanted, visitor);
            }
        }
    }

    private static void read(Path table, Predicate<State> wanted, Visitor visitor) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // sl local_address:port peer_address:port state queues timer retransmits uid timeout inode; the first
                // four
                // in hexadecimal digits, but for the first
                String[] columns = SPACES.split(line.strip(), 11);
                State state = columns.length > INODE ? State.of(columns[3]) : null;
                if (state != null && wanted.test(state)) {
                    Socket socket = new Socket(port(columns[1]), address(columns[2]), port(columns[2]));
                    visitor.socket(state, socket, Long.parseLong(columns[INODE]));
                }
            }
        }
    }

    private static int port(String end) {
        return HexFormat.fromHexDigits(end.substring(end.indexOf(':') + 1));
    }

    /** Words of four bytes, each written as a number. */
    private static InetAddress address(String end) throws UnknownHostException {
        String digits = end.substring(0, end.indexOf(':'));
        ByteBuffer bytes = ByteBuffer.allocate(digits.length() / 2).order(ByteOrder.nativeOrder());
        for (int word = 0; word < digits.length(); word += 8) {
            bytes.putInt(HexFormat.fromHexDigits(digits.substring(word, word + 8)));
        }
        return InetAddress.getByAddress(bytes.array());
    }
}
