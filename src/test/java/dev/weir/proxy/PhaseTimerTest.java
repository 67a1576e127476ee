package dev.weir.proxy;

import static dev.weir.proxy.PhaseTimer.Passed.NONE;
import static dev.weir.proxy.PhaseTimer.Passed.PHASE;
import static dev.weir.proxy.PhaseTimer.Passed.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines are exact: not a nanosecond early, and none is said to have passed twice. */
class PhaseTimerTest {
    private static final long QUEUE = 300;
    private static final long IDLE = 1000;

    private long now;

    private PhaseTimer timer(long totalNanos) {
        return new PhaseTimer(() -> now, QUEUE, IDLE, totalNanos);
    }

    /** The clock's origin is arbitrary: it may be negative, and may run over. */
    @ParameterizedTest
    @ValueSource(longs = {0, -500, Long.MAX_VALUE - 600})
    void aPhaseEndsAtItsDeadlineAndNotBefore(long start) {
        now = start;
        PhaseTimer timer = timer(0);
        timer.enter(Phase.AWAITING_HEAD, 700);
        assertThat(timer.expires()).isEqualTo(start + 700);
        now = start + 699;
        assertThat(timer.passed()).isEqualTo(NONE);
        now = start + 700;
        assertThat(timer.passed()).isEqualTo(PHASE);
        assertThat(timer.passed()).isEqualTo(NONE);
        assertThat(timer.expires()).isEqualTo(PhaseTimer.NEVER);
    }

    @Test
    void saysWhichDeadlineIsEarlierThanTheOneBeforeAndHasToBeWatchedFor() {
        PhaseTimer timer = timer(0);
        assertThat(timer.enter(Phase.SENDING)).isEqualTo(PhaseTimer.Entry.LATER);
        assertThat(timer.enter(Phase.AWAITING_HEAD, IDLE - 1)).isEqualTo(PhaseTimer.Entry.SOONER);
        now = IDLE;
        timer.passed();
        assertThat(timer.enter(Phase.RECEIVING)).isEqualTo(PhaseTimer.Entry.SOONER);
    }

    @Test
    void anExchangeStartsInTheQueueAndItsTimeThereIsBounded() {
        PhaseTimer timer = timer(0);
        timer.moved();
        assertThat(timer.expires()).isEqualTo(QUEUE);
        now = QUEUE;
        assertThat(timer.passed()).isEqualTo(PHASE);
        assertThat(timer.phase()).isEqualTo(Phase.QUEUED);
    }

    @Test
    void theQueuesTimeDoesNotRunWhileASocketIsBeingOpened() {
        PhaseTimer timer = timer(0);
        now = QUEUE - 1;
        assertThat(timer.enter(Phase.RESOLVING, 50)).isNotEqualTo(PhaseTimer.Entry.NONE);
        assertThat(timer.enter(Phase.CONNECTING, 2000)).isNotEqualTo(PhaseTimer.Entry.NONE);
        now = QUEUE + 1000;
        assertThat(timer.passed()).isEqualTo(NONE);
        assertThat(timer.expires()).isEqualTo(QUEUE - 1 + 2000);
    }

    @Test
    void whoseSocketWentToAnotherWaitsAnewAndWhoHasOneDoesNot() {
        PhaseTimer timer = timer(0);
        timer.enter(Phase.CONNECTING, 2000);
        assertThat(timer.enter(Phase.QUEUED, 500)).isNotEqualTo(PhaseTimer.Entry.NONE);
        assertThat(timer.expires()).isEqualTo(500);
        timer.enter(Phase.SENDING);
        assertThat(timer.enter(Phase.CONNECTING, 2000)).isEqualTo(PhaseTimer.Entry.NONE);
        assertThat(timer.phase()).isEqualTo(Phase.SENDING);
    }

    @Test
    void aRequestThatIsSentAgainStartsOverUnlessItsAnswerHasBegun() {
        PhaseTimer timer = timer(0);
        timer.enter(Phase.AWAITING_HEAD, 700);
        now = 100;
        assertThat(timer.startOver(QUEUE)).isTrue();
        assertThat(timer.phase()).isEqualTo(Phase.QUEUED);
        assertThat(timer.expires()).isEqualTo(100 + QUEUE);
        timer.enter(Phase.ENDING);
        assertThat(timer.startOver(QUEUE)).isFalse();
    }

    @Test
    void aByteThatMovesPutsOffTheDeadlineOfAPhaseInWhichBytesMove() {
        PhaseTimer timer = timer(0);
        timer.enter(Phase.SENDING);
        now = 900;
        timer.moved();
        now = 1899;
        assertThat(timer.passed()).isEqualTo(NONE);
        now = 1900;
        assertThat(timer.passed()).isEqualTo(PHASE);
    }

    @Test
    void aClientThatSendsLessThanATrickleIsCut() {
        PhaseTimer timer = timer(0);
        timer.enter(Phase.SENDING);
        now = 900;
        timer.received(PhaseTimer.TRICKLE_BYTES - 1);
        assertThat(timer.expires()).isEqualTo(IDLE);
        timer.received(1);
        assertThat(timer.expires()).isEqualTo(900 + IDLE);
        now = 1000;
        timer.received(PhaseTimer.TRICKLE_BYTES - 1);
        assertThat(timer.expires()).isEqualTo(900 + IDLE);
    }

    @Test
    void noByteHurriesOrPutsOffTheHead() {
        PhaseTimer timer = timer(0);
        timer.enter(Phase.AWAITING_HEAD, 5000);
        timer.moved();
        assertThat(timer.expires()).isEqualTo(5000);
    }

    @Test
    void aByteAfterTheDeadlineDoesNotBringItBack() {
        PhaseTimer timer = timer(0);
        timer.enter(Phase.RECEIVING);
        now = IDLE;
        assertThat(timer.passed()).isEqualTo(PHASE);
        timer.moved();
        assertThat(timer.expires()).isEqualTo(PhaseTimer.NEVER);
    }

    @Test
    void whoReportsAnEarlierPhaseLaterChangesNothing() {
        PhaseTimer timer = timer(0);
        assertThat(timer.enter(Phase.RECEIVING)).isNotEqualTo(PhaseTimer.Entry.NONE);
        assertThat(timer.enter(Phase.AWAITING_HEAD, 1)).isEqualTo(PhaseTimer.Entry.NONE);
        assertThat(timer.enter(Phase.RECEIVING)).isEqualTo(PhaseTimer.Entry.NONE);
        assertThat(timer.phase()).isEqualTo(Phase.RECEIVING);
        assertThat(timer.expires()).isEqualTo(IDLE);
    }

    @Test
    void theTotalLiesOverAllPhasesAndBytes() {
        PhaseTimer timer = timer(1500);
        timer.enter(Phase.RECEIVING);
        now = 900;
        timer.moved();
        assertThat(timer.expires()).isEqualTo(1500);
        now = 1500;
        assertThat(timer.passed()).isEqualTo(TOTAL);
    }

    @Test
    void theAnswerToAPassedTotalHasADeadlineOfItsOwn() {
        PhaseTimer timer = timer(1500);
        timer.enter(Phase.AWAITING_HEAD, 5000);
        now = 1500;
        assertThat(timer.passed()).isEqualTo(TOTAL);
        timer.enter(Phase.ENDING);
        assertThat(timer.passed()).isEqualTo(NONE);
        assertThat(timer.expires()).isEqualTo(1500 + IDLE);
    }
}
