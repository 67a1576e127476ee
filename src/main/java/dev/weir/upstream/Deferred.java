package dev.weir.upstream;

import java.util.ArrayList;
import java.util.List;

/** What is to be done as soon as a lock was given up. Threads: one. */
final class Deferred {
    private List<Runnable> steps;

    void add(Runnable step) {
        if (steps == null) {
            steps = new ArrayList<>(2);
        }
        steps.add(step);
    }

    void run() {
        if (steps != null) {
            steps.forEach(Runnable::run);
        }
    }
}
