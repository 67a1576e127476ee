package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Ending;
import dev.weir.wire.ReceivedResponse;

/** Holds that an answer is one of our own, in the form of the contract. */
final class Refusals {
    private Refusals() {}

    /** A whole answer with this status, outcome and {@code Proxy-Status} error (RFC 9209). */
    static void assertRefused(ReceivedResponse response, int status, String outcome, String error) {
        assertThat(response.status()).as("%s", response).isEqualTo(status);
        assertThat(response.field("Proxy-Status"))
                .isEqualTo("weir" + (error == null ? "" : "; error=" + error) + "; details=\"" + outcome + "\"");
        assertThat(response.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(response.text()).startsWith(outcome + ": ").doesNotContain("Exception", "jetty", "\tat ");
        assertThat(response.text()).endsWith("/outcomes/" + outcome + "\n");
        assertThat(response.field("Retry-After")).isEqualTo(status == 503 ? "1" : null);
    }

    /**
     * Whatever a client is told that went wrong, and did not come from an upstream, which shows in {@code Via}: it is one of
     * our own, and explains itself. Other containers than the launcher say some things before Weir could.
     */
    static void assertExplained(ReceivedResponse response, Home home) {
        String ours = response.field("Proxy-Status");
        boolean containers = home != Home.LAUNCHER && ours == null;
        if (response.status() < 400 || response.field("Via") != null || containers) {
            return;
        }
        assertThat(ours).as("%s", response).startsWith("weir; ");
        String outcome = ours.replaceFirst(".*details=\"(.*)\"", "$1");
        assertThat(response.text()).as("%s", response).contains(outcome, "/outcomes/" + outcome);
    }
}
