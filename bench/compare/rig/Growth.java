import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One series: its peers are started once, set up for its last point, and the JVMs among them warmed up over its points up to
 * the middle one, for a heap that the last has filled would stay resident at the first; then each point is a {@link Trial} among them. Threads: one.
 */
final class Growth {
    /** Before each point, for what the peers have not met before. */
    static final int POINT_WARM_UP_SECONDS = 2;

    private final List<Workload> points;
    private final Options options;
    private final Upstream upstream;
    private final Path work;

    Growth(Series series, Options options, Upstream upstream, Path work) {
        this.points = series.points();
        this.options = options;
        this.upstream = upstream;
        this.work = work;
    }

    List<Result> run(List<Peer> peers) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        Map<Peer, Running> running = new LinkedHashMap<>();
        try {
            for (Peer peer : peers) {
                Result starting = new Result(points.get(0), peer);
                Trial.attempt(starting, any -> start(peer, running));
                if (!running.containsKey(peer)) {
                    results.add(starting);
                }
            }
            int seconds = Math.min(POINT_WARM_UP_SECONDS, options.warmUpSeconds);
            for (Workload point : points) {
                results.addAll(trial(point).among(running, seconds));
            }
        } finally {
            running.values().forEach(Running::close);
        }
        return results;
    }

    private void start(Peer peer, Map<Peer, Running> running) throws IOException, InterruptedException {
        Workload last = points.get(points.size() - 1);
        String series = last.point.orElseThrow().series().label;
        Progress.say(series + ": starting " + (peer.jvm() ? "and warming up " : "") + peer.name());
        Running started = Running.start(peer, last, upstream, work, options);
        running.put(peer, started);
        if (peer.jvm()) {
            List<Workload> lesser = points.subList(0, (points.size() + 1) / 2);
            for (Workload point : lesser) {
                trial(point).warmUp(peer, started, Math.max(1, options.warmUpSeconds / lesser.size()));
            }
        }
    }

    private Trial trial(Workload point) {
        return new Trial(point, options, upstream, work);
    }
}
