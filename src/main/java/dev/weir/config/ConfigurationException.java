package dev.weir.config;

import java.util.List;
import java.util.stream.Collectors;

/** The application must not start. The message lists every problem, one a line. */
public final class ConfigurationException extends RuntimeException {
    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, each once. */
    public List<Problem> problems() {
        return problems;
    }
}
