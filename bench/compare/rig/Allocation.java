import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The bytes that a JVM's threads allocate while a load runs, as its flight recorder counts them: exact, not sampled. */
final class Allocation {
    private static final String EVENT = "jdk.ThreadAllocationStatistics";
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="%s">
                <setting name="enabled">true</setting>
                <setting name="period">everyChunk</setting>
              </event>
            </configuration>
            """;
    private final Path jcmd;
    private final Path folder;

    Allocation(Options options, Path folder) {
        this.jcmd = options.java.resolve("bin/jcmd");
        this.folder = folder;
    }

    /** Per request of a load of its own, which is not otherwise measured. */
    double perRequest(Running peer, Load load, int seconds) throws IOException, InterruptedException {
        String pid = String.valueOf(peer.pid());
        Path settings = Files.writeString(folder.resolve("allocation.jfc"), SETTINGS.formatted(EVENT));
        Path recording = folder.resolve("allocation.jfr");
        jcmd(pid, "JFR.start", "name=allocation", "settings=" + settings);
        // A JVM hardly answers while its recorder starts. Then a chunk ends, and with it comes a count of every thread.
        load.run(peer.port(), seconds);
        jcmd(pid, "JFR.dump", "name=allocation", "filename=" + recording);
        Instant begin = Instant.now();
        Load.Outcome outcome = load.run(peer.port(), seconds);
        jcmd(pid, "JFR.stop", "name=allocation", "filename=" + recording);
        if (!outcome.faults().isEmpty()) {
            throw new IOException(outcome.faults());
        }
        return (double) allocatedSince(begin, recording) / outcome.requests();
    }

    private void jcmd(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jcmd.toString()));
        command.addAll(List.of(arguments));
        Command.output(command);
    }

    private static long allocatedSince(Instant begin, Path recording) throws IOException {
        Map<Long, Long> first = new HashMap<>();
        Map<Long, Long> last = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            long thread = event.getThread("thread").getId();
            long bytes = event.getLong("allocated");
            if (event.getStartTime().isBefore(begin)) {
                first.merge(thread, bytes, Math::max);
            }
            last.merge(thread, bytes, Math::max);
        }
        if (last.isEmpty()) {
            throw new IOException("no " + EVENT + " in " + recording);
        }
        return last.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - first.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
