package dev.weir.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong and what is worth a note while a configuration is read, so that all of it is told at once. */
final class Findings {
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    void problem(String where, String value, String expected) {
        problem(where, value, expected, Optional.empty());
    }

    void problem(String where, String value, String expected, Optional<String> suggestion) {
        problems.add(new Problem(where, value, expected, suggestion));
    }

    /** @param note one sentence that names the key it is about */
    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return new ArrayList<>(notes);
    }

    /** @param rest what was read beside the problems, if that is enough for further rules */
    void throwIfProblems(Optional<Configuration> rest) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(problems), rest);
        }
    }
}
