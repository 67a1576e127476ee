package dev.weir.boot;

import dev.weir.config.Problem;
import java.nio.file.Path;
import java.util.Optional;

/** One of the files of {@code --tls-cert} and {@code --tls-key} cannot be used. */
final class BadTlsFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** @param expected what should be in the file, or be done with it */
    BadTlsFileException(String option, Path file, String expected) {
        this(new Problem(option, file.toString(), expected, Optional.empty()));
    }

    private BadTlsFileException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /** The same as a reason not to start. */
    Problem problem() {
        return problem;
    }
}
