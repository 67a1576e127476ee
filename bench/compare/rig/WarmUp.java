import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Load before the first round, with whole answers checked beside it. Threads: the caller's, and one that checks. */
final class WarmUp {
    private static final int NATIVE_SECONDS = 2;
    private static final long PAUSE_MILLIS = 50;

    private WarmUp() {}

    /** Says what was wrong; empty where nothing was. */
    static String run(Peer peer, Running running, Load load, Answers answers, int seconds)
            throws IOException, InterruptedException {
        FutureTask<Void> checking = new FutureTask<>(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                answers.checkOne(running.port());
                Thread.sleep(PAUSE_MILLIS);
            }
            return null;
        });
        Thread checker = new Thread(checking, "checking");
        checker.setDaemon(true);
        checker.start();
        Load.Outcome outcome = load.run(running.port(), peer.jvm() ? seconds : Math.min(seconds, NATIVE_SECONDS));
        String wrong = wrong(checking);
        checker.interrupt();
        checker.join();
        return outcome.faults().isEmpty() ? wrong : outcome.faults() + (wrong.isEmpty() ? "" : "; " + wrong);
    }

    private static String wrong(FutureTask<Void> checking) throws InterruptedException {
        if (!checking.isDone()) {
            return "";
        }
        try {
            checking.get();
            return "";
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return "under load: " + (cause instanceof Answers.Wrong ? cause.getMessage() : cause.toString());
        }
    }
}
