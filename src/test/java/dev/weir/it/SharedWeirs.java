package dev.weir.it;

import io.restassured.RestAssured;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives every test of the behaviour suite the one Weir of its home, started when first wanted and stopped when all tests
 * are over; after each test holds that nothing is left in it. One in which something is left is replaced, so that one
 * test's leak is no other's failure. Of other deployments one at a time is kept beside it.
 */
final class SharedWeirs implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedWeirs.class);

    /** One Weir, none until a test wants it. */
    private static final class Shared implements AutoCloseable {
        private Deployment deployment;
        private RunningWeir running;

        RunningWeir in(Home home, Deployment wanted) {
            if (!wanted.equals(deployment)) {
                close();
            }
            if (running == null) {
                running = home.start(wanted);
                deployment = wanted;
                // REST Assured takes seconds to load, which are not the first test's.
                RestAssured.get(running.uri("/-/status.json")).then().statusCode(200);
            }
            return running;
        }

        @Override
        public void close() {
            if (running != null) {
                running.close();
                running = null;
            }
        }
    }

    /** The routes of the suite, at {@code /edge}, on connectors with the settings that the README recommends. */
    static Deployment deployment(Home home) {
        return RecommendedConnector.of(home, onDefaultConnector());
    }

    /** The same on connectors as they were shipped. */
    static Deployment onDefaultConnector() {
        return Deployment.of(SuiteRoute.specs())
                .shared("upstreamCa", SuiteCertificates.trusted().toString())
                .shared("connectTimeout", "1s")
                .shared("tlsHandshakeTimeout", "3s")
                .jvmArgs("-Xmx256m")
                .fullyCompiled();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        BehaviourSuite test = (BehaviourSuite) context.getRequiredTestInstance();
        test.use(shared(context, test).in(test.home(), test.deployment()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        BehaviourSuite test = (BehaviourSuite) context.getRequiredTestInstance();
        if (test.weir() == null) {
            return; // It did not start, which has been said.
        }
        try {
            Leaks.none(test.weir());
        } catch (ConditionTimeoutException left) {
            shared(context, test).close();
            Leaks.startOver();
            throw left;
        }
    }

    private static Shared shared(ExtensionContext context, BehaviourSuite test) {
        boolean usual = test.deployment().equals(deployment(test.home()));
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(Map.entry(test.home(), usual), home -> new Shared(), Shared.class);
    }
}
