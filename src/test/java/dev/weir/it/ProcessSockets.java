package dev.weir.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The TCP sockets of this machine, as the kernel lists them in {@code /proc/net/tcp} and {@code tcp6}; a JVM's are in the
 * latter.
 *
 * @param state of the kernel's numbering: 1 is ESTABLISHED, 6 TIME_WAIT
 * @param inode 0 where no process has it any more
 */
record ProcessSockets(int localPort, int remotePort, int state, long inode) {
    private static final int TIME_WAIT = 6;
    private static final int LISTEN = 10;

    /** Those that a process has open towards these ports, in whatever state. */
    static long open(long pid, Predicate<Integer> remotePort) {
        Set<Long> inodes = inodes(pid);
        return all().filter(socket ->
                        socket.state != LISTEN && remotePort.test(socket.remotePort) && inodes.contains(socket.inode))
                .count();
    }

    /** Those that rest on the side that opened them towards these ports: it was they who closed first. */
    static long resting(Predicate<Integer> remotePort) {
        return all().filter(socket -> socket.state == TIME_WAIT && remotePort.test(socket.remotePort))
                .count();
    }

    private static Stream<ProcessSockets> all() {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6").map(Path::of).flatMap(ProcessSockets::read);
    }

    private static Stream<ProcessSockets> read(Path table) {
        try {
            List<String> lines = Files.readAllLines(table);
            return lines.stream().skip(1).map(ProcessSockets::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessSockets parse(String line) {
        String[] columns = line.strip().split("\\s+");
        return new ProcessSockets(
                port(columns[1]), port(columns[2]), Integer.parseInt(columns[3], 16), Long.parseLong(columns[9]));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    private static Set<Long> inodes(long pid) {
        Set<Long> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            descriptors.forEach(descriptor -> inode(descriptor, inodes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inodes;
    }

    private static void inode(Path descriptor, Set<Long> inodes) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith("socket:[")) {
                inodes.add(Long.parseLong(target.substring("socket:[".length(), target.length() - 1)));
            }
        } catch (IOException closedMeanwhile) {
            // It is not open any more, and so not counted.
        }
    }
}
