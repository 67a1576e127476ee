import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One peer under load for one round. Threads: the caller's, and one that looks at the peer now and then. */
final class Measurement {
    /** The load was not answered as it should have been, so that the round does not count. */
    static final class Faulty extends Exception {
        private static final long serialVersionUID = 1;

        Faulty(String faults) {
            super(faults);
        }
    }

    private static final long LOOK_MILLIS = 400;

    private final ProcessTree tree;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong threads = new AtomicLong();
    private final AtomicLong descriptors = new AtomicLong();

    private Measurement(Running peer) {
        tree = peer.tree();
    }

    static Map<Figure, Double> of(Running peer, Load load, int seconds)
            throws IOException, InterruptedException, Faulty {
        return new Measurement(peer).take(peer.port(), load, seconds);
    }

    private Map<Figure, Double> take(int port, Load load, int seconds)
            throws IOException, InterruptedException, Faulty {
        tree.resetPeak();
        Thread looking = new Thread(this::look, "looking");
        looking.setDaemon(true);
        double before = tree.cpuMicros();
        looking.start();
        Load.Outcome outcome;
        double cpu;
        try {
            outcome = load.run(port, seconds);
            cpu = tree.cpuMicros() - before;
        } finally {
            over.set(true);
            looking.interrupt();
            looking.join();
        }
        if (!outcome.faults().isEmpty()) {
            throw new Faulty(outcome.faults());
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CPU, cpu / outcome.requests());
        figures.put(Figure.PER_SECOND, outcome.requests() / outcome.seconds());
        figures.put(Figure.P50, (double) outcome.p50Micros());
        figures.put(Figure.P99, (double) outcome.p99Micros());
        figures.put(Figure.PEAK, tree.peakKib() / 1024.0);
        figures.put(Figure.THREADS, (double) threads.get());
        figures.put(Figure.DESCRIPTORS, (double) descriptors.get());
        return figures;
    }

    private void look() {
        while (!over.get()) {
            try {
                Thread.sleep(LOOK_MILLIS);
                threads.accumulateAndGet(tree.threads(), Math::max);
                descriptors.accumulateAndGet(tree.descriptors(), Math::max);
            } catch (IOException e) {
                // The peer has ended, or one of its processes has: the load will tell.
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
