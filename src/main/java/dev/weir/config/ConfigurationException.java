package dev.weir.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The application must not start. The message lists every problem, one a line. */
public final class ConfigurationException extends RuntimeException {
    private final transient List<Problem> problems;
    private final transient Optional<Configuration> rest;

    /** @param problems at least one */
    public ConfigurationException(List<Problem> problems) {
        this(problems, Optional.empty());
    }

    ConfigurationException(List<Problem> problems, Optional<Configuration> rest) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.rest = rest;
    }

    /** At least one, each once. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * What was read all the same, so that who has rules of his own can tell all problems at once: each bad value is the
     * default. Empty where it is not even known which route leads where.
     */
    public Optional<Configuration> rest() {
        return rest;
    }
}
