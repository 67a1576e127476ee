import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and its descendants in {@code /proc}: what they have used and hold, added up. */
final class ProcessTree {
    private static final double TICKS_PER_SECOND = Command.firstLine(List.of("getconf", "CLK_TCK"))
            .filter(line -> line.matches("\\d+"))
            .map(Double::parseDouble)
            .orElse(100.0);
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final String RESET_PEAK = "5";

    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    double cpuMicros() throws IOException {
        double ticks = 0;
        for (Path process : folders()) {
            String stat = Files.readString(process.resolve("stat"));
            // Behind the name in parentheses, which may have blanks.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Double.parseDouble(fields[USER_TIME]) + Double.parseDouble(fields[SYSTEM_TIME]);
        }
        return ticks / TICKS_PER_SECOND * 1e6;
    }

    void resetPeak() throws IOException {
        for (Path process : folders()) {
            Files.writeString(process.resolve("clear_refs"), RESET_PEAK);
        }
    }

    long peakKib() throws IOException {
        return status("VmHWM:");
    }

    long residentKib() throws IOException {
        return status("VmRSS:");
    }

    long threads() throws IOException {
        return status("Threads:");
    }

    long descriptors() throws IOException {
        long count = 0;
        for (Path process : folders()) {
            try (Stream<Path> entries = Files.list(process.resolve("fd"))) {
                count += entries.count();
            }
        }
        return count;
    }

    private long status(String name) throws IOException {
        long sum = 0;
        for (Path process : folders()) {
            try {
                sum += Files.readAllLines(process.resolve("status")).stream()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            } catch (NoSuchFileException e) {
                // It has ended since it was listed.
            }
        }
        return sum;
    }

    private List<Path> folders() {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(process -> Path.of("/proc", String.valueOf(process.pid())))
                .filter(Files::exists)
                .toList();
    }
}
