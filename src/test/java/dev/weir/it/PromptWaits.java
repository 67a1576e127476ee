package dev.weir.it;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets {@code await()} look every few milliseconds, where a test says nothing else: what is waited for mostly comes
 * within one, and by itself Awaitility looks after a tenth of a second for the first time. Found by
 * {@code META-INF/services}, for all tests.
 */
public final class PromptWaits implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }
}
