package dev.weir.proxy;

import dev.weir.exchange.Clock;

/**
 * The one timer of an exchange: the deadline of the phase it is in, and {@code timeout} over all. Phases only go forward,
 * whatever the order in which threads report them: an upstream may well answer before the sender has said that the
 * request is out.
 *
 * <p>Threads: any.
 */
final class PhaseTimer {
    /** What {@link #expires()} says where no deadline runs. */
    static final long NEVER = Long.MAX_VALUE;

    /** What a client must at least send of its body in the time that a body may pause. */
    static final int TRICKLE_BYTES = 64;

    /** What came of entering a phase. */
    enum Entry {
        /** Nothing: the exchange is there already, or beyond. */
        NONE,
        /** Its deadline is no earlier than the one before, whose time will find it. */
        LATER,
        /** Its deadline is earlier than any before, and has to be watched for. */
        SOONER
    }

    /** Which deadline has passed. */
    enum Passed {
        NONE,
        PHASE,
        TOTAL
    }

    private final Clock clock;
    private long idleNanos;
    private long totalDeadline;
    private long phaseDeadline;
    private Phase phase = Phase.QUEUED;
    private int trickled;

    /**
     * Starts in the queue.
     *
     * @param queueNanos how long it may wait there
     * @param idleNanos what a byte that moves gives to a phase in which bytes move; a tunnel brings its own
     * @param totalNanos for the whole exchange, from now; 0 is no limit
     */
    PhaseTimer(Clock clock, long queueNanos, long idleNanos, long totalNanos) {
        this.clock = clock;
        this.idleNanos = idleNanos;
        this.phaseDeadline = clock.nanoTime() + queueNanos;
        this.totalDeadline = totalNanos == 0 ? NEVER : clock.nanoTime() + totalNanos;
    }

    /** Enters a phase in which bytes move. */
    Entry enter(Phase next) {
        return enter(next, idleNanos);
    }

    /** Enters a phase that may last so long. */
    synchronized Entry enter(Phase next, long nanos) {
        boolean forward = next.compareTo(phase) > 0;
        // What was being opened for this exchange may have gone to an earlier one.
        boolean otherWay = next != phase && next.isBeforeSending() && phase.isBeforeSending();
        if (!forward && !otherWay) {
            return Entry.NONE;
        }
        long before = phaseDeadline;
        phase = next;
        phaseDeadline = clock.nanoTime() + nanos;
        if (next == Phase.TUNNELLING) {
            idleNanos = nanos;
        }
        return before == NEVER || phaseDeadline - before < 0 ? Entry.SOONER : Entry.LATER;
    }

    /** Goes back to the queue, for the request is sent once more; false where the response has begun, or a refusal. */
    synchronized boolean startOver(long queueNanos) {
        if (phase.compareTo(Phase.RECEIVING) >= 0) {
            return false;
        }
        phase = Phase.QUEUED;
        phaseDeadline = clock.nanoTime() + queueNanos;
        return true;
    }

    /**
     * Bytes came from the client. Fewer than a trickle do not count: who sends one now and then would hold an exchange, and
     * all that belongs to it, for ever.
     */
    synchronized void received(int bytes) {
        trickled += bytes;
        if (trickled >= TRICKLE_BYTES) {
            moved();
        }
    }

    /** Bytes moved, in either direction. */
    synchronized void moved() {
        trickled = 0;
        if (phase.isIdleTimed() && phaseDeadline != NEVER) {
            phaseDeadline = clock.nanoTime() + idleNanos;
        }
    }

    synchronized Phase phase() {
        return phase;
    }

    /** When the next deadline passes, {@link #NEVER} where none runs. */
    synchronized long expires() {
        if (phaseDeadline == NEVER || totalDeadline == NEVER) {
            return Math.min(phaseDeadline, totalDeadline);
        }
        return phaseDeadline - totalDeadline < 0 ? phaseDeadline : totalDeadline;
    }

    /** Says which deadline has passed by now, and says so of each only once. */
    synchronized Passed passed() {
        long now = clock.nanoTime();
        if (totalDeadline != NEVER && now - totalDeadline >= 0) {
            totalDeadline = NEVER;
            return Passed.TOTAL;
        }
        if (phaseDeadline != NEVER && now - phaseDeadline >= 0) {
            phaseDeadline = NEVER;
            return Passed.PHASE;
        }
        return Passed.NONE;
    }
}
