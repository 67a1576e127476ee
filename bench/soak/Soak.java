import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The whole run: start, load, samples, verdict, end. */
final class Soak {
    private static final int SAMPLE_SECONDS = 5;
    /** More than idleTimeout (30 s), after which no upstream socket is left, and the timeouts before it. */
    private static final int CALM_SECONDS = 45;

    private Soak() {}

    /** Arguments: the WAR, the seconds of load, the file for Weir's log. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Integer> routes = new LinkedHashMap<>();
        routes.put("good", Upstream.start(Upstream.Fault.NONE));
        for (Upstream.Fault fault : Upstream.Fault.values()) {
            if (fault != Upstream.Fault.NONE) {
                routes.put(fault.name().toLowerCase(Locale.ROOT).replace('_', '-'), Upstream.start(fault));
            }
        }
        Path log = Path.of(arguments[2]);
        try (WeirProcess weir = WeirProcess.start(arguments[0], routes, log)) {
            Set<Integer> ports = new HashSet<>(routes.values());
            Sample before = Sample.of(0, weir, ports);
            Clients clients = new Clients(weir.port());
            List<Sample> samples = load(weir, clients, Long.parseLong(arguments[1]), ports);
            boolean good = new Verdict().print(samples);
            good &= isCalm(weir, before, ports);
            System.out.println();
            clients.results().forEach((what, count) -> System.out.printf("%9d  %s%n", count.sum(), what));
            clients.explanations().forEach((what, text) -> System.out.println(what + ": " + text));
            good &= printLog(log);
            int status = weir.end();
            System.out.println("exit status after SIGTERM: " + status);
            System.out.println(good && status == 0 ? "VERDICT: flat" : "VERDICT: NOT flat");
            System.exit(good && status == 0 ? 0 : 1);
        }
    }

    private static List<Sample> load(WeirProcess weir, Clients clients, long seconds, Set<Integer> ports)
            throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        System.out.printf("%7s", "second");
        Sample.COLUMNS.forEach(column -> System.out.printf(" %11s", column));
        System.out.println();
        clients.start();
        long start = System.nanoTime();
        for (long second = SAMPLE_SECONDS; second <= seconds; second += SAMPLE_SECONDS) {
            long early = TimeUnit.SECONDS.toMillis(second) - (System.nanoTime() - start) / 1_000_000;
            Thread.sleep(Math.max(0, early));
            Sample sample = Sample.of(second, weir, ports);
            samples.add(sample);
            print(sample);
        }
        clients.stop();
        return samples;
    }

    private static void print(Sample sample) {
        System.out.printf("%7d", sample.second());
        Sample.VALUES.forEach(value -> System.out.printf(Locale.ROOT, " %11.1f", value.applyAsDouble(sample)));
        System.out.println();
    }

    /** Waits for everything to be as it was, and says what is not. */
    private static boolean isCalm(WeirProcess weir, Sample before, Set<Integer> ports)
            throws IOException, InterruptedException {
        int second = 0;
        while (second < CALM_SECONDS && !isZero(weir.status())) {
            Thread.sleep(1000);
            second++;
        }
        Sample after = Sample.of(second, weir, ports);
        boolean calm = isZero(weir.status());
        System.out.printf(
                Locale.ROOT,
                "%nafter the load: in flight %d, leased %d, open %d after %d s; descriptors %d (before: %d), heap %.1f MiB"
                        + " (%.1f), threads %d (%d), TIME_WAIT %d; %s%n",
                after.inFlight(),
                after.leased(),
                after.open(),
                second,
                after.descriptors(),
                before.descriptors(),
                after.heapMib(),
                before.heapMib(),
                after.threads(),
                before.threads(),
                after.resting(),
                calm ? "back to 0" : "NOT back to 0");
        return calm;
    }

    private static boolean isZero(String status) {
        // The page's own request is no exchange.
        return Sample.number(status, "inFlight") == 0
                && Sample.number(status, "leased") == 0
                && Sample.number(status, "queued") == 0
                && Sample.number(status, "open\":(\\d+),\"idle") == 0;
    }

    private static boolean printLog(Path log) throws IOException {
        List<String> bad = Files.readAllLines(log).stream()
                .filter(line -> line.matches(".*( WARN | ERROR |Exception|Too many open files).*"))
                .toList();
        System.out.println("\nwarnings, errors and exceptions in Weir's log: " + bad.size());
        bad.stream().limit(10).forEach(System.out::println);
        return bad.isEmpty();
    }
}
