import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured at one go.
 *
 * @param when it began
 * @param settings in words
 * @param facts of the machine and the versions, by what they are
 * @param skipped peers that are not here, and why
 */
record Run(
        String when,
        String settings,
        int rounds,
        Map<String, String> facts,
        Map<String, String> skipped,
        List<Result> results) {

    List<Result> of(Workload workload) {
        return results.stream().filter(result -> result.workload == workload).toList();
    }

    /** The medians' ratio to that of a peer of this name, where both were measured under the same workload. */
    Optional<Double> ratio(Result result, String yardstick, Figure figure) {
        Optional<Spread> own = result.spread(figure);
        return of(result.workload).stream()
                .filter(other -> other.peer.name().equals(yardstick))
                .findFirst()
                .flatMap(other -> other.spread(figure))
                .flatMap(theirs -> own.map(spread -> spread.median() / theirs.median()));
    }
}
