package dev.weir.it;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives every test of the behaviour suite the one Weir of its home, started when first wanted and stopped when all tests
 * are over; after each test holds that nothing is left in it. One in which something is left is replaced, so that one
 * test's leak is no other's failure.
 */
final class SharedWeirs implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedWeirs.class);

    /** One home's Weir, none until a test wants it. */
    private static final class Shared extends AtomicReference<RunningWeir> implements AutoCloseable {
        private static final long serialVersionUID = 1;

        RunningWeir in(Home home) {
            if (get() == null) {
                set(home.start(deployment(home)));
            }
            return get();
        }

        @Override
        public void close() {
            RunningWeir running = getAndSet(null);
            if (running != null) {
                running.close();
            }
        }
    }

    /** The routes of the suite, at {@code /edge}, on connectors with the settings that the README recommends. */
    static Deployment deployment(Home home) {
        Deployment deployment = Deployment.of(SuiteRoute.specs())
                .shared("upstreamCa", SuiteCertificates.trusted().toString())
                .jvmArgs("-Xmx256m");
        return RecommendedConnector.of(home, deployment);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        BehaviourSuite test = (BehaviourSuite) context.getRequiredTestInstance();
        test.use(shared(context, test).in(test.home()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        BehaviourSuite test = (BehaviourSuite) context.getRequiredTestInstance();
        if (test.weir() == null) {
            return; // It did not start, which has been said.
        }
        try {
            Leaks.none(test.weir());
        } catch (AssertionError left) {
            shared(context, test).close();
            throw left;
        }
    }

    private static Shared shared(ExtensionContext context, BehaviourSuite test) {
        return context.getRoot().getStore(HERE).getOrComputeIfAbsent(test.home(), home -> new Shared(), Shared.class);
    }
}
