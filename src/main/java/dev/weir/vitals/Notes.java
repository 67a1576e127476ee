package dev.weir.vitals;

import dev.weir.exchange.Report;
import dev.weir.limits.KernelSockets.State;
import dev.weir.upstream.DestinationSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Plain sentences for what looks wrong, with the numbers, and what it means. */
final class Notes {
    /** Fewer resting sockets happen wherever programs come and go. */
    private static final int MANY_RESTING = 100;
    /** Sockets are in CLOSE_WAIT for the moment between the upstream's FIN and ours. */
    private static final int MANY_LEFT = 5;
    /** Fewer exchanges say nothing about reuse. */
    private static final int MANY_LEASES = 100;

    private static final int LITTLE_REUSE_PERCENT = 50;
    private static final long LONG_LEASE_SECONDS = 30;

    private Notes() {}

    /** @param unready why this instance should get no requests; null where it should */
    static void ofAll(Instruments instruments, Object unready, List<String> notes) {
        if (instruments.drain().isDraining()) {
            notes.add("This instance is stopping: new requests are refused, "
                    + instruments.inFlight().count() + " exchanges are still in flight.");
        } else if (unready != null) {
            notes.add("This instance says that it is not ready (" + unready + ").");
        }
        if (instruments.descriptors().isLow()) {
            notes.add("Requests are being refused: "
                    + count(instruments.descriptors().open())
                    + " descriptors are open, and the last "
                    + count(instruments.descriptors().limits().reserve())
                    + " are kept in reserve; raise the limit of the process (ulimit -n).");
        }
        int waiting = instruments.client().budget().waiting();
        if (waiting > 0) {
            notes.add(waiting + " destinations wait for a socket: all "
                    + count(instruments.client().budget().max())
                    + " upstream connections of weir.connectionBudget are taken.");
        }
    }

    static void ofSockets(SocketTable table, DestinationSnapshot destination, int portsLeft, List<String> notes) {
        int resting = table.in(State.TIME_WAIT, destination.addresses());
        if (resting >= MANY_RESTING) {
            notes.add(count(resting) + " connections to " + destination.origin()
                    + " are in TIME_WAIT: this machine closed them first, which Weir avoids, so look for another program"
                    + " that asks this upstream; " + count(portsLeft) + " ports are left.");
        }
        int left = table.in(State.CLOSE_WAIT, destination.addresses());
        if (left >= MANY_LEFT) {
            notes.add(count(left) + " connections to " + destination.origin()
                    + " are in CLOSE_WAIT: the upstream has closed them, and they are not closed here yet; if that lasts,"
                    + " it is a defect of Weir's.");
        }
    }

    static void ofDestination(DestinationSnapshot destination, Optional<Report> oldest, List<String> notes) {
        if (destination.queued() > 0) {
            notes.add(count(destination.queued()) + " exchanges wait for a connection to " + destination.origin() + ", "
                    + count(destination.leased()) + " have one.");
        }
        oldest.filter(report -> TimeUnit.NANOSECONDS.toSeconds(report.heldNanos()) >= LONG_LEASE_SECONDS)
                .ifPresent(report -> notes.add("A connection to " + destination.origin() + " is held for "
                        + TimeUnit.NANOSECONDS.toSeconds(report.heldNanos()) + " s by " + report.method() + " "
                        + report.path() + "."));
        DestinationSnapshot.Ever ever = destination.ever();
        if (ever.leases() >= MANY_LEASES && DestinationRows.reusedPercent(ever) < LITTLE_REUSE_PERCENT) {
            notes.add("Only " + DestinationRows.reusedPercent(ever) + " % of the exchanges with "
                    + destination.origin()
                    + " found an open connection: the upstream closes after each response, or soon after; keep-alive there"
                    + " would save a socket each.");
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
