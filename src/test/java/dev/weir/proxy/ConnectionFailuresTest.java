package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each step towards a connection that takes too long is named, with its own parameter and value. */
class ConnectionFailuresTest {
    private static final Machinery.Bounds BOUNDS = new Machinery.Bounds(
            8192, TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(3), "");

    private final ConnectionFailures failures = new ConnectionFailures(
            new Machinery(null, null, null, null, Clock.SYSTEM, 8192, BOUNDS),
            UpstreamUrl.parse("https://a.test"),
            "https://a.test");

    @ParameterizedTest
    @CsvSource({
        "RESOLVING, DNS_TIMEOUT, 'weir.resolveTimeout, 1.0 s'",
        "CONNECTING, CONNECT_TIMEOUT, 'weir.connectTimeout, 2.0 s'",
        "SECURING, TLS_TIMEOUT, 'weir.tlsHandshakeTimeout, 3.0 s'"
    })
    void theDeadlineOfAStepNamesTheStep(Phase phase, Outcome outcome, String bound) {
        Refusal refusal = failures.timeout(phase, null);
        assertThat(refusal.outcome()).isEqualTo(outcome);
        assertThat(refusal.sentence()).contains("https://a.test", bound);
    }

    @ParameterizedTest
    @CsvSource({"RESOLVING, DNS_TIMEOUT", "SECURING, TLS_TIMEOUT"})
    void whatTheClientCallsATimeoutIsThatOfItsStep(Phase phase, Outcome outcome) {
        assertThat(failures.of(new TimeoutException(), phase).outcome()).isEqualTo(outcome);
    }

    @Test
    void aSocketThatTimesOutIsAConnectTimeout() {
        assertThat(failures.of(new SocketTimeoutException(), Phase.CONNECTING).outcome())
                .isEqualTo(Outcome.CONNECT_TIMEOUT);
    }
}
