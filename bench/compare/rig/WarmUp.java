import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Load before the first round, with whole answers checked beside it. Many short loads: that clients come, and leave in the
 * middle of an answer, is to be compiled as well. What a JVM has compiled without having seen it, it throws away when it
 * does, and would compile again during the rounds. Threads: the caller's, and one that checks.
 */
final class WarmUp {
    private static final int NATIVE_SECONDS = 2;
    private static final int LOAD_SECONDS = 1;
    private static final long PAUSE_MILLIS = 50;
    /** For the exchanges of clients that have left: those of two loads at once would be more than a peer's bound. */
    private static final long SETTLE_MILLIS = 200;

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
        String faults = "";
        int left = peer.jvm() ? seconds : Math.min(seconds, NATIVE_SECONDS);
        while (left > 0 && faults.isEmpty()) {
            int now = Math.min(left, LOAD_SECONDS);
            faults = load.run(running.port(), now).faults();
            left -= now;
            Thread.sleep(SETTLE_MILLIS);
        }
        String wrong = wrong(checking);
        checker.interrupt();
        checker.join();
        return faults.isEmpty() ? wrong : faults + (wrong.isEmpty() ? "" : "; " + wrong);
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
