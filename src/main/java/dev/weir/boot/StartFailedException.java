package dev.weir.boot;

import dev.weir.config.Problem;
import java.util.List;

/** The launcher does not start; nothing it had begun is left running. The message tells a user all there is to tell. */
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int FAILURE = 1;
    private static final int CONFIGURATION = 2;

    private final int exitStatus;

    private StartFailedException(int exitStatus, String message, Throwable cause) {
        super(message, cause);
        this.exitStatus = exitStatus;
    }

    /** The user must change something: status 2. */
    static StartFailedException of(List<Problem> problems) {
        StringBuilder message = new StringBuilder("Weir does not start, for "
                + (problems.size() == 1 ? "one thing is" : problems.size() + " things are") + " wrong:");
        problems.forEach(problem -> message.append("\n  ").append(problem));
        return new StartFailedException(CONFIGURATION, message.toString(), null);
    }

    /** The configuration is wrong in a way that only shows when it is used: status 2. */
    static StartFailedException misconfigured(String sentence, Throwable cause) {
        return new StartFailedException(CONFIGURATION, "Weir does not start: " + sentence, cause);
    }

    /** The machine does not allow it now: status 1. */
    static StartFailedException atRunTime(String sentence, Throwable cause) {
        return new StartFailedException(FAILURE, "Weir does not start: " + sentence, cause);
    }

    /** 1 for a failure at run time, 2 for a wrong configuration. */
    public int exitStatus() {
        return exitStatus;
    }
}
