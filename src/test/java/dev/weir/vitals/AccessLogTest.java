package dev.weir.vitals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.EndedReport;
import dev.weir.exchange.Report;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private static final Report REPORT = EndedReport.unclaimed(null, "GET", "/a");

    /** Takes nothing until it is opened. */
    private static final class Blocked extends OutputStream {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int flushes;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] some, int offset, int length) {
            entered.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            bytes.write(some, offset, length);
        }

        @Override
        public void flush() {
            flushes++;
        }

        List<String> lines() {
            return bytes.toString(UTF_8).lines().toList();
        }
    }

    private final Blocked out = new Blocked();

    private AccessLog log(LineFormat format) {
        return AccessLog.start(format, new PrintStream(out, false, UTF_8));
    }

    private static LineFormat paths() {
        return (report, line) -> line.append(report.path());
    }

    /** A log whose thread is stuck with the first line. */
    private AccessLog stuck() throws InterruptedException {
        AccessLog log = log(paths());
        log.ended(REPORT);
        out.entered.await();
        return log;
    }

    @Test
    void atTheBoundLinesAreDroppedAndCountedAndNobodyWaits() throws InterruptedException {
        AccessLog log = stuck();
        IntStream.range(0, LineWriter.MOST_WAITING).forEach(each -> log.ended(REPORT));
        assertThat(log.dropped()).isZero();
        IntStream.range(0, 10).forEach(each -> log.ended(REPORT));
        assertThat(log.dropped()).isEqualTo(10);
        out.opened.countDown();
        log.close();
        assertThat(out.lines()).hasSize(1 + LineWriter.MOST_WAITING).containsOnly("/a");
        assertThat(log.dropped()).isEqualTo(10);
    }

    @Test
    void longFieldsCountByTheirLength() throws InterruptedException {
        AccessLog log = stuck();
        int length = 16 * 1024;
        ClientRequest large =
                new ClientRequest(null, 0, null, null, null, null, null, null, null, "x".repeat(length), null, null);
        int most = (int) (AccessLog.MOST_CHARACTERS / length);
        for (int i = 0; i < most; i++) {
            log.ended(EndedReport.unclaimed(large, "GET", null));
        }
        assertThat(log.dropped()).isEqualTo(1); // the one that is being written takes its two characters
        out.opened.countDown();
        await().untilAsserted(() -> assertThat(out.lines()).hasSize(most));
        log.ended(EndedReport.unclaimed(large, "GET", null));
        log.close();
        assertThat(out.lines()).hasSize(most + 1);
    }

    @Test
    void aBatchIsFlushedOnce() throws InterruptedException {
        AccessLog log = stuck();
        IntStream.range(0, 256).forEach(each -> log.ended(REPORT));
        out.opened.countDown();
        log.close();
        assertThat(out.flushes).isEqualTo(2);
    }

    @Test
    void whatWaitsAtTheEndIsWritten() throws InterruptedException {
        AccessLog log = stuck();
        IntStream.range(0, 1000).forEach(each -> log.ended(REPORT));
        Thread closing = new Thread(log::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        out.opened.countDown();
        closing.join();
        assertThat(out.lines()).hasSize(1001);
        assertThat(log.dropped()).isZero();
    }

    @Test
    void anEndIsReachedThoughNothingCanBeWritten() throws InterruptedException {
        AccessLog log = stuck();
        IntStream.range(0, 5).forEach(each -> log.ended(REPORT));
        log.close();
        assertThat(log.dropped()).isEqualTo(6);
        log.ended(REPORT);
        assertThat(log.dropped()).isEqualTo(7);
        out.opened.countDown();
    }

    @Test
    void aLineThatCannotBeMadeCostsNoOther() {
        out.opened.countDown();
        AccessLog log = log((report, line) -> {
            line.append("half of ");
            if (report == REPORT) {
                throw new IllegalStateException("bug");
            }
            line.append(report.path());
        });
        log.ended(REPORT);
        log.ended(EndedReport.unclaimed(null, "GET", "/b"));
        log.close();
        assertThat(out.lines()).containsExactly("half of /b");
    }
}
