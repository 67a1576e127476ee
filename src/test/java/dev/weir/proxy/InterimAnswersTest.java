package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** One interim response after the other, in their order, and no more than may wait. */
class InterimAnswersTest {
    private final List<Integer> begun = new ArrayList<>();
    private final List<Runnable> onTheirWay = new ArrayList<>();
    private final AtomicInteger again = new AtomicInteger();
    private final InterimAnswers answers = new InterimAnswers(null, new SlowHome());

    /** What it is given goes out when the test says so. */
    private final class SlowHome implements Home {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public void abort(Exchange exchange, Runnable ended) {
            throw new AssertionError("nothing went wrong");
        }

        @Override
        public boolean sendEnd(Exchange exchange) {
            throw new AssertionError("no response has come");
        }

        @Override
        public void interim(Exchange exchange, int status, HttpFields fields, Runnable then) {
            begun.add(status);
            onTheirWay.add(then);
        }
    }

    private void add(int status, Runnable then) {
        answers.add(status, HttpFields.EMPTY, then);
    }

    private boolean sendNext() {
        return answers.sendNext(again::incrementAndGet);
    }

    @Test
    void theNextOneIsBegunWhenTheOneBeforeHasGoneOut() {
        add(103, null);
        add(102, null);
        assertThat(sendNext()).isTrue();
        assertThat(sendNext()).as("one is on its way").isTrue();
        assertThat(begun).containsExactly(103);
        assertThat(again).hasValue(0);

        onTheirWay.get(0).run();
        assertThat(again).hasValue(1);
        assertThat(sendNext()).isTrue();
        assertThat(begun).containsExactly(103, 102);
        onTheirWay.get(1).run();
        assertThat(sendNext()).as("none is left").isFalse();
    }

    @Test
    void whatDependsOnOneRunsOnceItHasGoneOut() {
        AtomicInteger body = new AtomicInteger();
        add(100, body::incrementAndGet);
        sendNext();
        assertThat(body).hasValue(0);
        onTheirWay.get(0).run();
        assertThat(body).hasValue(1);
    }

    @Test
    void nineIsOneTooManyUnlessSomethingDependsOnIt() {
        for (int i = 0; i < InterimAnswers.MOST + 1; i++) {
            add(150 + i, null);
        }
        add(100, () -> {});
        for (int i = 0; sendNext(); i++) {
            onTheirWay.get(i).run();
        }
        assertThat(begun).containsExactly(150, 151, 152, 153, 154, 155, 156, 157, 100);
    }
}
