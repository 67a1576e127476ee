package dev.weir.boot;

import java.io.PrintStream;

/**
 * Drains when the process is told to stop, by SIGTERM or SIGINT, and halts with the status that the drain deserves: the
 * JVM's own would be that of the signal. Prints instead of logging, for the log manager closes itself in a hook of its
 * own.
 */
final class DrainHook extends Thread {
    private static final int CLEAN = 0;
    private static final int CUT = 1;

    private final RunningLauncher running;
    private final PrintStream err;

    private DrainHook(RunningLauncher running, PrintStream err) {
        super("weir-drain");
        this.running = running;
        this.err = err;
    }

    static void install(RunningLauncher running, PrintStream err) {
        Runtime.getRuntime().addShutdownHook(new DrainHook(running, err));
    }

    @Override
    public void run() {
        int status = CUT;
        try {
            String bound = running.drainTimeout().toMillis() + " ms (weir.drainTimeout)";
            err.println("draining: " + exchanges(running.inFlight()) + " in flight, for at most " + bound);
            int cut = running.drain();
            err.println(cut == 0 ? "drained" : exchanges(cut) + " cut, for the drain took longer than " + bound);
            status = cut == 0 ? CLEAN : CUT;
        } catch (RuntimeException failure) {
            err.println("the drain failed: " + failure);
        } finally {
            err.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    private static String exchanges(int count) {
        return count == 1 ? "1 exchange" : count + " exchanges";
    }
}
