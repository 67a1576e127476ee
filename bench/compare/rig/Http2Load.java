import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** h2load with prior knowledge: 8 connections, 100 streams on each. */
final class Http2Load {
    private static final Pattern FINISHED = Pattern.compile("finished in ([\\d.]+)(ms|s)");
    private static final Pattern COUNTS = Pattern.compile(
            "requests: \\d+ total, \\d+ started, (\\d+) done, (\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    /** Some more than succeeded, whose bodies were under way at the end. */
    private static final Pattern STATUSES =
            Pattern.compile("status codes: \\d+ 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

    private static final int LATENCY_COLUMN = 2;

    private final Path folder;

    Http2Load(Path folder) {
        this.folder = folder;
    }

    Load.Outcome run(String url, int seconds) throws IOException, InterruptedException {
        Path log = folder.resolve("h2load.log");
        Files.deleteIfExists(log);
        String program = Command.find("h2load").orElseThrow().toString();
        String output =
                Command.output(List.of(program, "-t1", "-c8", "-m100", "-D" + seconds, "--log-file=" + log, url));
        Matcher finished = FINISHED.matcher(output);
        Matcher counts = COUNTS.matcher(output);
        Matcher statuses = STATUSES.matcher(output);
        if (!finished.find() || !counts.find() || !statuses.find()) {
            throw new IOException("no result from h2load:\n" + output);
        }
        long good = Long.parseLong(counts.group(2));
        boolean clean = Stream.of(3, 4, 5).allMatch(group -> counts.group(group).equals("0"))
                && Stream.of(1, 2, 3).allMatch(group -> statuses.group(group).equals("0"));
        long[] micros = latencies(log);
        return new Load.Outcome(
                good,
                Double.parseDouble(finished.group(1)) / (finished.group(2).equals("ms") ? 1000 : 1),
                micros[micros.length / 2],
                micros[micros.length * 99 / 100],
                clean && good > 0 ? "" : counts.group() + "; " + statuses.group());
    }

    private static long[] latencies(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            long[] micros = lines.mapToLong(line -> Long.parseLong(line.split("\t")[LATENCY_COLUMN]))
                    .sorted()
                    .toArray();
            return micros.length == 0 ? new long[] {0} : micros;
        }
    }
}
