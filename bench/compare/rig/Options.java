import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the command line asks for. */
final class Options {
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private static final String ON_TOMCAT = "T";
    private static final List<Workload> T_WORKLOADS = List.of(Workload.W1, Workload.W3, Workload.W4, Workload.W5);
    private static final List<String> T_PEERS = List.of("weir", "weir-tomcat", "stock", "stock-tomcat");
    private static final List<String> QUICK_PEERS = List.of("weir", "nginx", "undertow");
    /** They know how to set up each point of a series, or where to leave one out. */
    private static final List<String> GROWTH_PEERS = QUICK_PEERS;
    /** With 256m Weir lets 1,365 exchanges be in flight and refuses the others of 4,096 clients. */
    private static final String GROWTH_HEAP = "1g";

    boolean quick;
    boolean growth;
    boolean help;
    List<Peer> peers = Peers.ALL;
    List<Workload> workloads = Workload.NAMED;
    List<Series> series = List.of(Series.values());
    /** How often all of a workload is done; no run of a growth has more than one. */
    int starts = 1;
    int rounds = 5;
    int seconds = 5;
    int warmUpSeconds = 30;
    Path java = Path.of(System.getProperty("java.home"));
    String heap = "256m";
    /** Of every JVM peer, beside its heap. */
    List<String> jvmOptions = List.of();
    /** Of both Tomcats' connector, as XML. */
    String connector = "";
    Optional<Path> chart = Optional.empty();
    Path war;
    Path out;
    final Path repository;

    private Options(Path repository) {
        this.repository = repository;
        war = repository.resolve("target/weir.war");
        out = repository.resolve("bench/results");
    }

    static Options parse(Path repository, String[] arguments) throws Refused {
        Options options = new Options(repository);
        List<String> words = List.of(arguments);
        if (words.contains("--quick") && words.contains("--growth")) {
            throw new Refused("--quick and --growth: expected one of them; a short growth run is"
                    + " --growth --rounds 1 --seconds 1 --warm-up 1");
        }
        if (words.contains("--quick")) {
            options.setQuick();
        }
        if (words.contains("--growth")) {
            options.setGrowth();
        }
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--quick" -> options.quick = true;
                case "--growth" -> options.growth = true;
                case "--help", "-h" -> options.help = true;
                default -> {
                    String name = words.get(i++);
                    options.set(name, i < words.size() ? words.get(i) : "");
                }
            }
        }
        return options;
    }

    private void setQuick() {
        workloads = List.of(Workload.W1);
        peers = peersNamed(QUICK_PEERS);
        rounds = 2;
        seconds = 2;
        warmUpSeconds = 4;
        out = repository.resolve("bench/compare/target");
    }

    private void setGrowth() {
        growth = true;
        peers = peersNamed(GROWTH_PEERS);
        rounds = 3;
        seconds = 3;
        heap = GROWTH_HEAP;
    }

    private void set(String name, String value) throws Refused {
        switch (name) {
            case "--peers" -> peers = peers(value);
            case "--workloads" -> setWorkloads(value);
            case "--series" -> series = seriesNamed(value);
            case "--starts" -> starts = starts(name, value);
            case "--rounds" -> rounds = number(name, value, 1, 100);
            case "--seconds" -> seconds = number(name, value, 1, 600);
            case "--warm-up" -> warmUpSeconds = number(name, value, 1, 600);
            case "--java" -> java = javaHome(value);
            case "--heap" -> heap = matching(name, value, "\\d+[mg]|default", "256m, 1g or default");
            case "--jvm" -> jvmOptions = List.of(
                    matching(name, value, "-\\S+( +-\\S+)*", "options such as \"-Xms64m -XX:+UseParallelGC\"")
                            .split(" +"));
            case "--connector" -> connector = matching(
                    name, value, "[\\w.]+=\"[^\"<]*\"( +[\\w.]+=\"[^\"<]*\")*", "attributes such as tcpNoDelay=\"false\"");
            case "--chart" -> chart = Optional.of(chart(value));
            case "--war" -> war = Path.of(matching(name, value, ".+", "the path of a weir.war"));
            case "--out" -> out = Path.of(matching(name, value, ".+", "a folder"));
            default -> throw new Refused("unknown option " + name + " (--help tells which there are)");
        }
    }

    private int starts(String name, String value) throws Refused {
        if (growth) {
            throw new Refused(name + ": the peers of a growth run are started once in each series");
        }
        return number(name, value, 1, 20);
    }

    private Path chart(String value) throws Refused {
        if (!growth) {
            return Path.of(matching("--chart", value, ".+\\.svg", "a path that ends in .svg"));
        }
        String begin = matching("--chart", value, ".+(?<!\\.svg)", "a folder, or what the names of the charts begin with");
        return begin.endsWith("/") || Files.isDirectory(Path.of(begin)) ? Path.of(begin, "growth") : Path.of(begin);
    }

    /** Of this series: {@code --chart} tells the folder, or what comes before {@code -clients.svg}. */
    Optional<Path> chart(Series drawn) {
        return chart.map(begin -> begin.resolveSibling(begin.getFileName() + "-" + drawn.label + ".svg"));
    }

    private List<Series> seriesNamed(String value) throws Refused {
        if (!growth) {
            throw new Refused("--series: expected --growth beside it");
        }
        Set<Series> chosen = new LinkedHashSet<>();
        for (String label : value.split(",")) {
            chosen.add(Series.named(label)
                    .orElseThrow(
                            () -> new Refused("unknown series " + label + " (expected: " + Series.labels() + ")")));
        }
        return List.copyOf(chosen);
    }

    private void setWorkloads(String value) throws Refused {
        if (growth) {
            throw new Refused("--workloads: a growth run has series instead (--series " + Series.labels() + ")");
        }
        Set<Workload> chosen = new LinkedHashSet<>();
        List<String> labels = List.of(value.split(","));
        for (String label : labels) {
            if (label.equalsIgnoreCase(ON_TOMCAT)) {
                chosen.addAll(T_WORKLOADS);
            } else {
                chosen.add(Workload.named(label)
                        .orElseThrow(() -> new Refused("unknown workload " + label + " (expected: "
                                + labels(Workload.NAMED)
                                + ", or T for " + labels(T_WORKLOADS) + " on Tomcat)")));
            }
        }
        workloads = List.copyOf(chosen);
        if (labels.size() == 1 && labels.get(0).equalsIgnoreCase(ON_TOMCAT) && peers == Peers.ALL) {
            peers = peersNamed(T_PEERS);
        }
    }

    private static String labels(List<Workload> workloads) {
        return workloads.stream().map(workload -> workload.label).collect(Collectors.joining(", "));
    }

    private List<Peer> peers(String value) throws Refused {
        List<String> known = growth ? GROWTH_PEERS : Peers.ALL.stream().map(Peer::name).toList();
        for (String name : value.split(",")) {
            if (!known.contains(name)) {
                throw new Refused((growth ? "no growth run of " : "unknown peer ") + name + " (expected: " + String.join(", ", known) + ")");
            }
        }
        return peersNamed(List.of(value.split(",")));
    }

    /** In the order of the names, which is that of the rounds. */
    private static List<Peer> peersNamed(List<String> names) {
        List<Peer> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            Peers.ALL.stream().filter(peer -> peer.name().equals(name)).forEach(chosen::add);
        }
        return chosen;
    }

    private static int number(String name, String value, int least, int most) throws Refused {
        if (value.matches("\\d{1,6}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw new Refused(name + ": '" + value + "' (expected: " + least + " to " + most + ")");
    }

    private static String matching(String name, String value, String pattern, String expected) throws Refused {
        if (value.matches(pattern)) {
            return value;
        }
        throw new Refused(name + ": '" + value + "' (expected: " + expected + ")");
    }

    private static Path javaHome(String value) throws Refused {
        Path home = Path.of(value);
        if (!value.isEmpty() && home.resolve("bin/java").toFile().canExecute()) {
            return home;
        }
        throw new Refused("--java: '" + value + "' (expected: the home of a JDK, with bin/java)");
    }
}
