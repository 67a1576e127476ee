import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One workload: all peers started afresh (or, of a {@link Growth}, those that run already), checked, warmed up, and measured
 * in interleaved rounds; all of it as often as {@link Options#starts} says. Threads: one.
 */
final class Trial {
    private static final int ALLOCATION_SECONDS = 3;
    private static final long SETTLE_MILLIS = 300;

    private final Workload workload;
    private final Options options;
    private final Upstream upstream;
    private final Path work;
    private final Load load;
    private final Answers answers;

    Trial(Workload workload, Options options, Upstream upstream, Path work) {
        this.workload = workload;
        this.options = options;
        this.upstream = upstream;
        this.work = work;
        this.load = new Load(workload, work);
        this.answers = new Answers(workload, work, upstream.origins());
    }

    List<Result> run(List<Peer> peers) throws IOException, InterruptedException {
        List<Result> results =
                peers.stream().map(peer -> new Result(workload, peer)).toList();
        for (int start = 1; start <= options.starts; start++) {
            if (workload == Workload.START) {
                interleaved(results, this::start);
            } else if (workload == Workload.W10) {
                interleaved(results, this::besideIdleClients);
            } else {
                sideBySide(results);
            }
        }
        return results;
    }

    interface Step {
        void of(Result result) throws IOException, InterruptedException, Measurement.Faulty;
    }

    /** A round for which the peer is started and ended. */
    private void interleaved(List<Result> results, Step step) throws InterruptedException {
        for (int round = 1; round <= options.rounds; round++) {
            for (Result result : results) {
                Progress.say(workload.label + " round " + round + " of " + options.rounds + ": " + result.peer.name());
                attempt(result, step);
            }
        }
    }

    static void attempt(Result result, Step step) throws InterruptedException {
        try {
            step.of(result);
        } catch (IOException | Measurement.Faulty e) {
            result.fail(e.getMessage());
        }
    }

    private void start(Result result) throws IOException, InterruptedException {
        try (Running running = start(result.peer)) {
            result.addRound(Map.of(Figure.START, running.startMillis()));
        }
    }

    private void besideIdleClients(Result result) throws IOException, InterruptedException, Measurement.Faulty {
        try (Running running = start(result.peer)) {
            checkAndWarmUp(result, running, options.warmUpSeconds);
            result.addRound(new BesideIdleClients(running, result.peer, load, options).measure());
        }
    }

    private void sideBySide(List<Result> results) throws IOException, InterruptedException {
        List<Running> started = new ArrayList<>();
        try {
            Map<Result, Running> ready = new LinkedHashMap<>();
            for (Result result : results) {
                attempt(result, starting -> {
                    Progress.say(workload.label + ": starting, checking and warming up " + result.peer.name());
                    Running running = start(result.peer);
                    started.add(running);
                    checkAndWarmUp(result, running, options.warmUpSeconds);
                    ready.put(result, running);
                });
            }
            uncountedRound(ready);
            rounds(ready);
            for (Map.Entry<Result, Running> peer : ready.entrySet()) {
                attempt(peer.getKey(), result -> measureAllocation(result, peer.getValue()));
                attempt(peer.getKey(), result -> answers.check(peer.getValue().port()));
            }
        } finally {
            started.forEach(Running::close);
        }
    }

    /** Measures peers that run already, each after a load of so many seconds. */
    List<Result> among(Map<Peer, Running> peers, int warmUpSeconds) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        Map<Result, Running> ready = new LinkedHashMap<>();
        for (Map.Entry<Peer, Running> peer : peers.entrySet()) {
            Result result = new Result(workload, peer.getKey());
            results.add(result);
            attempt(result, warming -> {
                checkAndWarmUp(warming, peer.getValue(), warmUpSeconds);
                ready.put(warming, peer.getValue());
            });
        }
        rounds(ready);
        for (Map.Entry<Result, Running> peer : ready.entrySet()) {
            attempt(peer.getKey(), result -> answers.check(peer.getValue().port()));
        }
        return results;
    }

    /**
     * While the others were warmed up, a peer's idle connections to the upstream have been closed, and what opens them again
     * is compiled once more.
     */
    private void uncountedRound(Map<Result, Running> ready) throws InterruptedException {
        for (Map.Entry<Result, Running> peer : ready.entrySet()) {
            Thread.sleep(SETTLE_MILLIS);
            attempt(peer.getKey(), result -> {
                String faults = load.run(peer.getValue().port(), options.seconds).faults();
                if (!faults.isEmpty()) {
                    throw new Measurement.Faulty("before the first round: " + faults);
                }
            });
        }
    }

    private void rounds(Map<Result, Running> ready) throws InterruptedException {
        for (int round = 1; round <= options.rounds; round++) {
            for (Map.Entry<Result, Running> peer : ready.entrySet()) {
                measure(peer.getKey(), peer.getValue(), round);
            }
        }
    }

    private void measure(Result result, Running running, int round) throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        attempt(result, measured -> {
            Map<Figure, Double> figures = Measurement.of(running, load, options.seconds);
            if (workload.point.filter(point -> point.series() == Series.BODY).isPresent()) {
                double megabytes = (double) Bodies.of(workload).length / Bodies.UPLOAD_BYTES;
                figures.put(Figure.CPU_PER_MB, figures.get(Figure.CPU) / megabytes);
            }
            measured.addRound(figures);
            Progress.say(workload.label + " round " + round + " of " + options.rounds + ": " + result.peer.name() + " "
                    + Figure.CPU.format(figures.get(Figure.CPU)) + " " + Figure.CPU.title + ", "
                    + Figure.PER_SECOND.format(figures.get(Figure.PER_SECOND)) + " " + Figure.PER_SECOND.title);
        });
    }

    private void measureAllocation(Result result, Running running) throws IOException, InterruptedException {
        if (result.peer.jvm()) {
            int seconds = Math.min(ALLOCATION_SECONDS, options.seconds);
            result.add(Figure.ALLOCATED, new Allocation(options, work).perRequest(running, load, seconds));
        }
    }

    private Running start(Peer peer) throws IOException, InterruptedException {
        return Running.start(peer, workload, upstream, work, options);
    }

    /** A JVM's first load, at which nothing is checked: what is wrong will show again. */
    void warmUp(Peer peer, Running running, int seconds) throws IOException, InterruptedException {
        WarmUp.run(peer, running, load, answers, seconds);
    }

    private void checkAndWarmUp(Result result, Running running, int seconds) throws IOException, InterruptedException {
        answers.check(running.port());
        String wrong = WarmUp.run(result.peer, running, load, answers, seconds);
        if (!wrong.isEmpty()) {
            result.fail("while warming up: " + wrong);
        }
    }
}
