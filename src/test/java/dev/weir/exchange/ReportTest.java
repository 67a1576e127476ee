package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final class Hand implements Clock {
        private long now = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(5); // it runs over

        @Override
        public long nanoTime() {
            return now;
        }
    }

    private final Hand clock = new Hand();
    private final Report report = new Report(null, "GET", "/a", clock);

    private void pass(long millis) {
        clock.now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Test
    void eachStepTakesItsTime() {
        pass(3);
        report.opening();
        pass(1);
        report.opening(); // another stage of it
        pass(4);
        report.sending();
        pass(7);
        report.answered(200);
        pass(11);
        report.upstreamEnded();
        pass(13);
        report.end();
        assertThat(millis(report.queuedNanos())).isEqualTo(3);
        assertThat(millis(report.connectingNanos())).isEqualTo(5);
        assertThat(millis(report.firstByteNanos())).isEqualTo(7);
        assertThat(millis(report.upstreamNanos())).isEqualTo(18);
        assertThat(millis(report.totalNanos())).isEqualTo(39);
        assertThat(report.outcome()).isEqualTo(Outcome.OK);
        assertThat(report.status()).isEqualTo(200);
    }

    @Test
    void anOpenConnectionTakesNoTimeToOpen() {
        pass(3);
        report.sending();
        assertThat(millis(report.queuedNanos())).isEqualTo(3);
        assertThat(report.connectingNanos()).isZero();
    }

    @Test
    void aConnectionThatOpensAfterAnotherWasTakenIsNotItsOwn() {
        pass(3);
        report.sending();
        pass(1);
        report.opening();
        assertThat(millis(report.queuedNanos())).isEqualTo(3);
        assertThat(report.connectingNanos()).isZero();
    }

    @Test
    void whatDidNotComeSoFarIsUnknown() {
        report.conclude(Outcome.POOL_FULL, "full");
        report.end();
        assertThat(report.queuedNanos()).isEqualTo(Report.UNKNOWN);
        assertThat(report.connectingNanos()).isEqualTo(Report.UNKNOWN);
        assertThat(report.firstByteNanos()).isEqualTo(Report.UNKNOWN);
        assertThat(report.upstreamNanos()).isEqualTo(Report.UNKNOWN);
        assertThat(report.heldNanos()).isEqualTo(Report.UNKNOWN);
    }

    @Test
    void theFirstWordCounts() {
        report.conclude(Outcome.TRUNCATED, "cut");
        report.conclude(Outcome.CLIENT_GONE, null);
        report.answered(200);
        report.end();
        assertThat(report.outcome()).isEqualTo(Outcome.TRUNCATED);
        assertThat(report.sentence()).contains("cut");
        assertThat(report.status()).isEqualTo(200);
    }

    @Test
    void aRetryIsTimedAnew() {
        report.sending();
        pass(5);
        report.retried();
        pass(2);
        report.opening();
        pass(1);
        report.sending();
        assertThat(millis(report.queuedNanos())).isEqualTo(7);
        assertThat(millis(report.connectingNanos())).isEqualTo(1);
        assertThat(report.retries()).isEqualTo(1);
    }

    @Test
    void aConnectionIsHeldFromWhenItIsUsedUntilTheUpstreamsPartIsOver() {
        pass(5);
        report.sending();
        pass(6);
        assertThat(millis(report.heldNanos())).isEqualTo(6);
        report.upstreamEnded();
        assertThat(report.heldNanos()).isEqualTo(Report.UNKNOWN);
    }

    @Test
    void aConnectThatSucceedsIs200WhateverTheUpstreamsSideSays() {
        Report connect = new Report(null, "CONNECT", "", clock);
        connect.answered(101);
        connect.end();
        assertThat(connect.status()).isEqualTo(200);
    }
}
