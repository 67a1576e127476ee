package dev.weir.vitals;

import dev.weir.config.AccessLogFormat;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Report;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line of each request that is over. At most {@value LineWriter#MOST_WAITING} wait to be written, with
 * {@value #MOST_CHARACTERS} characters of what clients sent; what comes then is dropped and counted.
 *
 * <p>Threads: any; {@link #ended} waits for no stream. The warning has a thread of its own while it is being said, at most
 * one, because the log may go where the lines cannot.
 */
final class AccessLog implements ReportListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    /** A head has 16 KiB, and a report keeps much of it. */
    static final long MOST_CHARACTERS = 8 * 1024 * 1024;

    private static final long WARN_EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final LineWriter writer;
    private final AtomicLong waitingCharacters = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean warning = new AtomicBoolean();
    private volatile long warnedNanos = System.nanoTime() - WARN_EVERY_NANOS;
    private volatile boolean closed;

    private AccessLog(LineFormat format, PrintStream out) {
        writer = new LineWriter(format, out, report -> waitingCharacters.addAndGet(-characters(report)));
    }

    /** Begins. */
    static AccessLog start(LineFormat format, PrintStream out) {
        AccessLog log = new AccessLog(format, out);
        log.writer.start();
        return log;
    }

    /** The one that was asked for, to standard output; null where it is off. */
    static AccessLog start(AccessLogFormat format) {
        return switch (format) {
            case OFF -> null;
            case COMBINED -> start(new CombinedLine(ZoneId.systemDefault()), System.out);
            case JSON -> start(new JsonLine(), System.out);
        };
    }

    @Override
    public void ended(Report report) {
        long characters = characters(report);
        boolean fits = waitingCharacters.addAndGet(characters) <= MOST_CHARACTERS;
        if (closed || !fits || !writer.offer(report)) {
            waitingCharacters.addAndGet(-characters);
            dropped.incrementAndGet();
            warn();
        }
    }

    private static long characters(Report report) {
        String path = report.path();
        ClientRequest client = report.client().orElse(null);
        return (client == null ? 0 : client.characters()) + (path == null ? 0 : path.length());
    }

    /** How many lines were not written since the start. */
    long dropped() {
        return dropped.get();
    }

    private void warn() {
        if (closed || System.nanoTime() - warnedNanos < WARN_EVERY_NANOS || !warning.compareAndSet(false, true)) {
            return;
        }
        warnedNanos = System.nanoTime();
        Thread sayer = new Thread(this::sayThatLinesAreDropped, "weir-access-log-warning");
        sayer.setDaemon(true);
        sayer.start();
    }

    private void sayThatLinesAreDropped() {
        try {
            LOG.warn(
                    "The access log drops lines, {} by now: standard output does not take them as fast as requests end, and"
                            + " at most {} wait. Requests go on.",
                    dropped.get(),
                    LineWriter.MOST_WAITING);
        } finally {
            warning.set(false);
        }
    }

    /** Writes what waits, for at most 2 s. */
    @Override
    public void close() {
        closed = true;
        int left = writer.end(LAST_WORDS);
        if (left > 0) {
            dropped.addAndGet(left);
            LOG.warn(
                    "The access log lacks its last {} lines: standard output did not take them in {} s.",
                    left,
                    LAST_WORDS.toSeconds());
        }
    }
}
