package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());

    private final List<LogRecord> told = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final ManualTime time = new ManualTime();
    private final CountedSockets counter = new CountedSockets();
    private final ConnectionBudget budget = new ConnectionBudget(
            new BudgetLimits(2, 2, TimeUnit.SECONDS.toNanos(30), TimeUnit.HOURS.toNanos(1), 1_000_000, false),
            time,
            counter);
    private final FakeDestination destination = new FakeDestination("http://leaky.test:80", budget, 2, 1000);

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(listener);
    }

    @Test
    void aSocketClosedWithoutGivingItsPlaceBackIsFoundNamedAndGivenBack() throws IOException {
        Housekeeping housekeeping = new Housekeeping(budget, () -> {}, time);
        destination.arrive();
        Pooled pooled = destination.opens();
        try (SocketChannel socket = SocketChannel.open()) {
            pooled.permit.attach(socket, null);
        }
        time.pass(19_999);
        assertThat(budget.snapshot().open()).as("one look may be too early").isEqualTo(1);
        assertThat(told).isEmpty();
        time.pass(1);
        assertThat(budget.snapshot().open()).isZero();
        assertThat(counter.open).isZero();
        assertThat(told)
                .singleElement()
                .satisfies(line ->
                        assertThat(line.getMessage()).contains("http://leaky.test:80", "weir.connectionBudget"));
        housekeeping.stop();
    }

    @Test
    void whatWasIdleForTooLongIsClosedWithinAQuarterOfASecond() {
        Housekeeping housekeeping = new Housekeeping(budget, () -> {}, time);
        destination.arrive();
        Pooled pooled = destination.opens();
        destination.completes(pooled);
        time.pass(29_999);
        assertThat(pooled.connection.isClosed()).isFalse();
        time.pass(250);
        assertThat(pooled.connection.isClosed()).isTrue();
        housekeeping.stop();
    }

    @Test
    void afterItsStopNothingRunsOn() {
        new Housekeeping(budget, () -> {}, time).stop();
        time.pass(250);
        assertThat(time.timers()).isZero();
    }
}
