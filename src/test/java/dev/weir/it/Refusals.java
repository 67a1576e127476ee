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
        assertThat(response.field("Retry-After")).isEqualTo(status == 503 ? "1" : null);
    }
}
