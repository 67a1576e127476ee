package dev.weir.it;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Records what became of each test of a {@link Conforms} class in each home; {@link ConformanceTable} tells it. */
final class ConformanceRecord implements AfterEachCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(ConformanceRecord.class);

    /** What a test said in one home, of all that it was called with: the worst counts. */
    enum Said {
        HOLDS,
        NOT_TRIED,
        FAILS
    }

    /** The rows of one test class: by test, then by home. */
    static final class Rows {
        private final Map<String, Map<Home, Said>> byTest = new ConcurrentHashMap<>();

        void add(String test, Home home, Said said) {
            byTest.computeIfAbsent(test, unknown -> new EnumMap<>(Home.class))
                    .merge(home, said, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }

        Map<Home, Said> of(String test) {
            return byTest.getOrDefault(test, Map.of());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Home home = context.getRequiredTestInstance() instanceof BehaviourSuite test ? test.home() : Home.LAUNCHER;
        Said said = context.getExecutionException()
                .map(cause -> cause instanceof TestAbortedException ? Said.NOT_TRIED : Said.FAILS)
                .orElse(Said.HOLDS);
        context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(ConformanceTable.class)
                .rows(context.getRequiredTestClass())
                .add(context.getRequiredTestMethod().getName(), home, said);
    }
}
