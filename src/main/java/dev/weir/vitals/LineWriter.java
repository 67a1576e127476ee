package dev.weir.vitals;

import dev.weir.exchange.Clock;
import dev.weir.exchange.Report;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Formats reports and writes them, on a thread of its own that nobody waits for: standard output may be a pipe that is not
 * read. What waits is bounded.
 *
 * <p>Threads: {@link #offer} by any; {@link #run} by its own; {@link #end} by one. Race: what is offered while it ends may
 * stay; {@link #end} counts it.
 */
final class LineWriter implements Runnable {
    static final int MOST_WAITING = 8192;
    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
    private static final int BATCH = 256;
    private static final int LARGE_CHARACTERS = 64 * 1024;
    /** Wakes the thread, and is not written. */
    private static final Report END = new Report(null, null, null, Clock.SYSTEM);

    private final LineFormat format;
    private final PrintStream out;
    /** Its lock is held for as long as it takes to move a batch. */
    private final BlockingQueue<Report> queue = new ArrayBlockingQueue<>(MOST_WAITING);

    private final Written written;
    private final Thread thread;
    private final StringBuilder lines = new StringBuilder();
    private volatile int underWay;
    private volatile boolean ending;
    private volatile boolean abandoned;

    /** Told of each report that has been written. */
    @FunctionalInterface
    interface Written {
        void written(Report report);
    }

    LineWriter(LineFormat format, PrintStream out, Written written) {
        this.format = format;
        this.out = out;
        this.written = written;
        this.thread = new Thread(this, "weir-access-log");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** False where it is full. */
    boolean offer(Report report) {
        return queue.offer(report);
    }

    @Override
    public void run() {
        List<Report> batch = new ArrayList<>(BATCH);
        while (!abandoned && !(ending && queue.isEmpty())) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException notByUs) {
                continue;
            }
            queue.drainTo(batch, BATCH - batch.size());
            batch.remove(END);
            underWay = batch.size();
            if (!batch.isEmpty()) {
                write(batch);
            }
            underWay = 0;
            batch.clear();
        }
    }

    private void write(List<Report> batch) {
        for (Report report : batch) {
            append(report);
            if (lines.length() >= LARGE_CHARACTERS) {
                writeLines();
            }
        }
        writeLines();
        out.flush();
        batch.forEach(written::written);
    }

    private void append(Report report) {
        int start = lines.length();
        try {
            format.append(report, lines);
            lines.append('\n');
        } catch (RuntimeException bug) {
            lines.setLength(start);
            LOG.error("A line of the access log was lost inside Weir", bug);
        }
    }

    /** Whole lines in one write, so that nobody else's come between. */
    private void writeLines() {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        lines.setLength(0);
    }

    /** Ends when everything is written, or this time is over; returns how many were not written. */
    int end(Duration bound) {
        ending = true;
        queue.offer(END);
        try {
            thread.join(bound.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        abandoned = true;
        queue.remove(END);
        return queue.size() + underWay;
    }
}
