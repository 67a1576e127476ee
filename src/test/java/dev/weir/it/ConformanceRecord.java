package dev.weir.it;

import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Records what became of each test of a {@link Conforms} class in each home; {@link ConformanceTable} tells it. */
final class ConformanceRecord implements AfterEachCallback, InvocationInterceptor {
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

    /** Of a test that is given its home as an argument, remembers which. */
    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        called.getArguments().stream()
                .filter(Home.class::isInstance)
                .forEach(home -> context.getStore(HERE).put(Home.class, home));
        invocation.proceed();
    }

    private static Home home(ExtensionContext context) {
        return context.getRequiredTestInstance() instanceof BehaviourSuite test
                ? test.home()
                : context.getStore(HERE).getOrDefault(Home.class, Home.class, Home.LAUNCHER);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Home home = home(context);
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
