import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** In the order in which they were measured: one workload's, or those of a series at all its points. */
    Collection<List<Result>> sections() {
        return results.stream()
                .collect(Collectors.groupingBy(Result::section, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    List<Result> of(Workload workload) {
        return results.stream().filter(result -> result.workload.label.equals(workload.label)).toList();
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

    /** The median's ratio to that of the same peer at the first point of the series. */
    Optional<Double> growth(Result result, Figure figure) {
        return results.stream()
                .filter(other -> other.section().equals(result.section()) && other.peer == result.peer)
                .findFirst()
                .flatMap(first -> first.spread(figure))
                .flatMap(first -> result.spread(figure).map(spread -> spread.median() / first.median()));
    }
}
