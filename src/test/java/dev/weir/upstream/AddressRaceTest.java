package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses are tried one soon after the other, at most two at a time, and all within one timeout. */
class AddressRaceTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Keeps what the race asks for; attempts are named by their port. */
    private static final class Recorded implements AddressRace.Sockets {
        final List<Attempt> attempts = new ArrayList<>();
        final List<Promise<Connection>> outcomes = new ArrayList<>();
        final List<String> log = new ArrayList<>();

        private static String name(Attempt attempt) {
            return String.valueOf(attempt.address().getPort());
        }

        @Override
        public void connect(Attempt attempt, Promise<Connection> outcome) {
            attempts.add(attempt);
            outcomes.add(outcome);
            log.add("connect " + name(attempt));
        }

        @Override
        public void abandon(Attempt attempt) {
            log.add("abandon " + name(attempt));
        }

        @Override
        public void connected(Attempt attempt) {
            log.add("connected " + name(attempt));
        }

        @Override
        public void failed(Attempt attempt) {
            log.add("failed " + name(attempt));
        }
    }

    private static final class Opened implements Connection {
        private boolean closed;

        @Override
        public void send(Request request, Response.CompleteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }

    /** As many as the test says; counts what is held. */
    private static final class Permits implements AttemptPermits {
        int left = Integer.MAX_VALUE;
        int held;

        @Override
        public boolean tryTake() {
            if (held >= left) {
                return false;
            }
            held++;
            return true;
        }

        @Override
        public void giveBack() {
            held--;
            assertThat(held).isNotNegative();
        }
    }

    private final ManualTime time = new ManualTime();
    private final Recorded sockets = new Recorded();
    private final Permits permits = new Permits();
    private final CompletableFuture<Connection> result = new CompletableFuture<>();

    private void race(int addresses) {
        List<InetSocketAddress> some = IntStream.rangeClosed(1, addresses)
                .mapToObj(port -> new InetSocketAddress("127.0.0.1", port))
                .toList();
        Promise<Connection> promise = Promise.from(result::complete, result::completeExceptionally);
        new AddressRace(
                        some,
                        sockets,
                        new AddressRace.Rules(time, time, Duration.ofMillis(TIMEOUT_MILLIS), permits),
                        promise)
                .proceed();
    }

    private Opened succeed(int attempt) {
        Opened connection = new Opened();
        sockets.outcomes.get(attempt - 1).succeeded(connection);
        return connection;
    }

    private void fail(int attempt) {
        sockets.outcomes.get(attempt - 1).failed(new ConnectException("refused " + attempt));
    }

    private Throwable failure() {
        assertThat(result).isCompletedExceptionally();
        return result.handle((connection, failure) -> failure).join();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(result).isDone();
        assertThat(permits.held).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void theOneThatConnectsInTimeIsTheOnlyOne() {
        race(2);
        time.pass(249);
        Opened connection = succeed(1);
        assertThat(result).isCompletedWithValue(connection);
        assertThat(sockets.log).containsExactly("connect 1", "connected 1");
        assertThat(sockets.attempts.get(0).won()).isTrue();
    }

    @Test
    void theNextIsTriedAfter250MillisAndTheFirstThatConnectsWins() {
        race(2);
        time.pass(250);
        assertThat(sockets.log).containsExactly("connect 1", "connect 2");
        assertThat(permits.held).isEqualTo(1);
        Opened connection = succeed(2);
        assertThat(result).isCompletedWithValue(connection);
        assertThat(connection.closed).isFalse();
        assertThat(sockets.log).containsExactly("connect 1", "connect 2", "abandon 1", "connected 2");
        assertThat(sockets.attempts).extracting(Attempt::won).containsExactly(false, true);
    }

    @Test
    void aLoserThatConnectsAllTheSameIsClosedAndNobodyHearsOfIt() {
        race(2);
        time.pass(250);
        Opened first = succeed(1);
        Opened second = succeed(2);
        assertThat(result).isCompletedWithValue(first);
        assertThat(first.closed).isFalse();
        assertThat(second.closed).isTrue();
        assertThat(sockets.attempts.get(1).won()).isFalse();
    }

    @Test
    void aFailureStartsTheNextAtOnce() {
        race(3);
        fail(1);
        assertThat(sockets.log).containsExactly("connect 1", "failed 1", "connect 2");
        assertThat(permits.held).isZero();
        fail(2);
        Opened third = succeed(3);
        assertThat(result).isCompletedWithValue(third);
    }

    @Test
    void theFailureIsTheFirstAddressesWithTheOthersInIt() {
        race(3);
        time.pass(250);
        fail(2);
        fail(3);
        assertThat(result).isNotDone();
        fail(1);
        assertThat(failure()).hasMessage("refused 1");
        assertThat(failure().getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("refused 2", "refused 3");
    }

    @Test
    void allTogetherEndWithTheTimeout() {
        race(2);
        time.pass(TIMEOUT_MILLIS - 1);
        assertThat(result).isNotDone();
        time.pass(1);
        assertThat(failure())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("127.0.0.1:1 took no connection in 10000 ms");
        assertThat(failure().getSuppressed()[0]).hasMessageContaining("127.0.0.1:2 took no connection in 9750 ms");
        assertThat(sockets.log).contains("abandon 1", "abandon 2");
        assertThat(succeed(1).closed).isTrue();
    }

    @Test
    void neverMoreThanTwoAtATimeAndEachHasItsShareOfTheTime() {
        race(4);
        time.pass(2_499);
        assertThat(sockets.log).containsExactly("connect 1", "connect 2");
        time.pass(1);
        assertThat(sockets.log).endsWith("abandon 1", "failed 1", "connect 3");
        assertThat(permits.held).isEqualTo(1);
        time.pass(250);
        assertThat(sockets.log).endsWith("abandon 2", "failed 2", "connect 4");
        succeed(4);
        assertThat(sockets.log).endsWith("abandon 3", "connected 4");
    }

    @Test
    void withoutAPermitTheNextWaitsForTheShareOfTheOneBefore() {
        permits.left = 0;
        race(2);
        time.pass(4_999);
        assertThat(sockets.log).containsExactly("connect 1");
        time.pass(1);
        assertThat(sockets.log).containsExactly("connect 1", "abandon 1", "failed 1", "connect 2");
        succeed(2);
    }

    @Test
    void aPermitThatComesLateIsTaken() {
        permits.left = 0;
        race(2);
        time.pass(600);
        permits.left = 1;
        time.pass(250);
        assertThat(sockets.log).containsExactly("connect 1", "connect 2");
        succeed(1);
        assertThat(sockets.log).endsWith("abandon 2", "connected 1");
    }
}
