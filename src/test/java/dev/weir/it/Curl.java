package dev.weir.it;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;

/** The machine's own curl, as users have it. */
final class Curl {
    private Curl() {}

    /**
     * Skips the test where the machine has none, for nothing beyond a JDK and Maven is asked of it; fails it where
     * {@code REQUIRE_CURL} is set in the environment, so that where one was installed for this, nothing is skipped.
     */
    static void require() {
        if (System.getenv("REQUIRE_CURL") == null) {
            assumeThat(isThere()).as("curl on this machine").isTrue();
        }
    }

    private static boolean isThere() {
        try {
            Process curl = new ProcessBuilder("curl", "--version")
                    .redirectErrorStream(true)
                    .start();
            curl.getInputStream().readAllBytes();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }
}
