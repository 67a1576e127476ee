import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weir beside other proxies; see {@code bench/README.md}. Arguments: the repository, a folder to work in, options. */
final class Compare {
    private static final int WRONG = 1;
    private static final int UNUSABLE = 2;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");

    private final Options options;
    private final Path work;
    private final Map<String, String> skipped = new LinkedHashMap<>();

    private Compare(Options options, Path work) {
        this.options = options;
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String[] words = List.of(arguments).subList(2, arguments.length).toArray(String[]::new);
        try {
            Options options = Options.parse(Path.of(arguments[0]), words);
            if (options.help) {
                System.out.print(options.growth ? Help.GROWTH : Help.TEXT);
                return;
            }
            System.exit(new Compare(options, Path.of(arguments[1])).run());
        } catch (Options.Refused e) {
            System.err.println(e.getMessage());
            System.exit(UNUSABLE);
        }
    }

    private int run() throws IOException, InterruptedException {
        String when = LocalDateTime.now().format(MINUTE);
        List<Peer> peers = present();
        if (peers.isEmpty()) {
            System.err.println("none of the peers is here");
            return UNUSABLE;
        }
        Origins origins = options.growth ? originsOf(options.series) : Origins.NONE;
        Map<String, String> facts = Machine.describe(options, peers);
        facts.put("load average before", Machine.loadAverage());
        Progress.say("load average " + Machine.loadAverage() + "; figures mean something on a quiet machine only");
        List<Result> results;
        try (Upstream upstream = Upstream.start(work, origins)) {
            results = options.growth ? growth(peers, upstream) : workloads(peers, upstream);
        }
        facts.put("load average after", Machine.loadAverage());
        Run run = new Run(when, settings(), options.starts * options.rounds, facts, skipped, results);
        write(run);
        return verdict(results);
    }

    private List<Result> workloads(List<Peer> peers, Upstream upstream) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Workload workload : options.workloads) {
            Optional<String> missing = missing(workload);
            if (missing.isPresent()) {
                skip(workload.label, missing.get());
                continue;
            }
            List<Peer> able = peers.stream().filter(peer -> peer.does(workload)).toList();
            results.addAll(new Trial(workload, options, upstream, work).run(able));
        }
        return results;
    }

    private List<Result> growth(List<Peer> peers, Upstream upstream) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Series series : options.series) {
            series.cut().ifPresent(why -> skip("more " + series.label, why));
            Workload first = series.points().get(0);
            List<Peer> able = new ArrayList<>();
            for (Peer peer : peers) {
                if (peer.does(first)) {
                    able.add(peer);
                } else {
                    skip(peer.name() + " in " + series.label, "as it is set up here it has one upstream");
                }
            }
            results.addAll(new Growth(series, options, upstream, work).run(able));
        }
        return results;
    }

    private static Origins originsOf(List<Series> series) throws IOException {
        int most = series.stream()
                .flatMap(each -> each.points().stream())
                .mapToInt(point -> point.destinations)
                .max()
                .orElse(0);
        return most == 0 ? Origins.NONE : Origins.find(most);
    }

    private List<Peer> present() {
        List<Peer> present = new ArrayList<>();
        for (Peer peer : options.peers) {
            Optional<String> missing = peer.missing(options);
            missing.ifPresentOrElse(why -> skip(peer.name(), why), () -> present.add(peer));
        }
        return present;
    }

    private static Optional<String> missing(Workload workload) {
        if (workload == Workload.W6 && !Files.exists(Upstream.ECHO_MODULE)) {
            return Optional.of("apt-get install libnginx-mod-http-echo");
        }
        if (workload == Workload.W11
                && (Command.find("h2load").isEmpty() || Command.find("curl").isEmpty())) {
            return Optional.of("apt-get install nghttp2-client curl");
        }
        return Optional.empty();
    }

    private void skip(String name, String why) {
        skipped.put(name, why);
        Progress.say("skipped: " + name + ": " + why);
    }

    private String settings() {
        return (options.starts > 1 ? options.starts + " starts of every peer, after each " : "")
                + options.rounds + " interleaved rounds of " + options.seconds + " s, " + options.warmUpSeconds
                + " s of warming up for a JVM"
                + (options.growth ? " in each series, " + Growth.POINT_WARM_UP_SECONDS + " s before each point" : "")
                + (!options.growth && options.workloads.contains(Workload.W10)
                        ? ", " + Descriptors.idleClients(BesideIdleClients.WANTED) + " idle clients in W10"
                        : "");
    }

    private void write(Run run) throws IOException {
        String report = Report.of(run);
        System.out.println("\n" + report);
        String java = options.java.getFileName().toString();
        Path base = Files.createDirectories(options.out).resolve(run.when() + "-" + java + (options.growth ? "-growth" : ""));
        Path markdown = Files.writeString(Path.of(base + ".md"), report);
        Path json = Files.writeString(Path.of(base + ".json"), Json.of(run));
        Progress.say("written: " + markdown + ", " + json);
        if (options.growth) {
            for (Series series : options.series) {
                Optional<Path> chart = options.chart(series);
                if (chart.isPresent()) {
                    Progress.say("written: " + Files.writeString(chart.get(), GrowthChart.of(run, series)));
                }
            }
        } else if (options.chart.isPresent()) {
            Progress.say("written: " + Files.writeString(options.chart.get(), Chart.of(run)));
        }
    }

    /** Of Weir's answers alone: a rival's failures are in the report. */
    private static int verdict(List<Result> results) {
        List<Result> wrong = results.stream()
                .filter(result -> result.peer.name().startsWith("weir"))
                .filter(result -> !result.faults().isEmpty() || result.counted() == 0)
                .toList();
        wrong.forEach(result ->
                System.err.println(result.workload.label + " " + result.peer.name() + " failed: " + result.faults()));
        return wrong.isEmpty() ? 0 : WRONG;
    }
}
