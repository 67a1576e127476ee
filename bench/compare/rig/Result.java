import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one peer did under one workload: the values of the rounds that count, and what was wrong with the others. */
final class Result {
    final Workload workload;
    final Peer peer;
    private final Map<Figure, List<Double>> values = new EnumMap<>(Figure.class);
    private final List<String> faults = new ArrayList<>();
    private int counted;

    Result(Workload workload, Peer peer) {
        this.workload = workload;
        this.peer = peer;
    }

    /** What it is shown under. */
    String section() {
        return workload.point.map(point -> point.series().label).orElse(workload.label) + ": " + workload.title;
    }

    void addRound(Map<Figure, Double> round) {
        counted++;
        round.forEach(this::add);
    }

    /** A figure that not every round has. */
    void add(Figure figure, double value) {
        values.computeIfAbsent(figure, any -> new ArrayList<>()).add(value);
    }

    /** A round that does not count, or a check that failed. */
    void fail(String fault) {
        faults.add(fault);
        Progress.say(workload.label + " " + peer.name() + ": FAULT: " + fault);
    }

    Optional<Spread> spread(Figure figure) {
        return Optional.ofNullable(values.get(figure)).map(Spread::of);
    }

    List<Double> values(Figure figure) {
        return values.getOrDefault(figure, List.of());
    }

    List<String> faults() {
        return faults;
    }

    int counted() {
        return counted;
    }
}
