package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionBudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final CountedSockets counter = new CountedSockets();
    private long now;

    private ConnectionBudget budget(int max, int maxIdle, boolean shared) {
        BudgetLimits limits = new BudgetLimits(max, maxIdle, 30 * SECOND, 300 * SECOND, 1_000_000, shared);
        return new ConnectionBudget(limits, () -> now, counter);
    }

    private static FakeDestination destination(String name, ConnectionBudget budget) {
        return new FakeDestination(name, budget, 256, 1000);
    }

    private static void arrive(FakeDestination destination, int exchanges) {
        for (int i = 0; i < exchanges; i++) {
            destination.arrive();
        }
    }

    private static Pooled serveOne(FakeDestination destination) {
        destination.arrive();
        if (!destination.opening.isEmpty()) {
            destination.opens();
        }
        return destination.serving.get(destination.serving.size() - 1);
    }

    @Test
    void noMoreSocketsAreOpenedThanExchangesWait() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        arrive(a, 3);
        assertThat(a.opening).hasSize(3);
        a.opens();
        a.completes(a.serving.get(0));
        assertThat(a.waiting).isEqualTo(1);
        assertThat(a.opening).hasSize(2);
        assertThat(budget.snapshot().open()).isEqualTo(3);
    }

    @Test
    void aRetiredConnectionServesWhatItServesAndNoMore() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        Pooled busy = serveOne(a);
        Pooled idle = serveOne(a);
        Pooled other = serveOne(a);
        a.completes(idle);
        a.completes(other);
        budget.retire(a.share, pooled -> pooled != other);
        assertThat(((FakeConnection) idle.connection).closed).isTrue();
        assertThat(((FakeConnection) busy.connection).closed).isFalse();
        a.completes(busy);
        assertThat(((FakeConnection) busy.connection).closed).isTrue();
        a.arrive();
        assertThat(a.serving).containsExactly(other);
    }

    private static FakeDestination sharing(String name, ConnectionBudget budget, int room) {
        FakeDestination destination = destination(name, budget);
        destination.room = room;
        destination.share.perSocket = room;
        return destination;
    }

    @Test
    void aConnectionThatIsSharedTakesAsManyAsItHasRoomFor() {
        FakeDestination a = sharing("a", budget(10, 10, false), 3);
        arrive(a, 4);
        assertThat(a.opening).as("as many as four exchanges need").hasSize(2);
        Pooled first = a.opens();
        assertThat(a.serving).containsExactly(first, first, first);
        Pooled second = a.opens();
        assertThat(a.serving).containsExactly(first, first, first, second);
        a.completes(first);
        a.arrive();
        assertThat(a.opening).isEmpty();
        assertThat(a.share.snapshot().leased()).isEqualTo(4);
    }

    @Test
    void fewerThanExpectedAreServedAndTheOthersGetSocketsOfTheirOwn() {
        FakeDestination a = sharing("a", budget(10, 10, false), 100);
        arrive(a, 5);
        assertThat(a.opening).hasSize(1);
        a.room = 2;
        a.opens();
        assertThat(a.serving).hasSize(2);
        assertThat(a.opening).hasSize(2);
    }

    @Test
    void roomThatGrowsIsUsedAndRoomThatShrinksIsWaitedFor() {
        ConnectionBudget budget = budget(1, 1, false);
        FakeDestination a = sharing("a", budget, 2);
        arrive(a, 6);
        Pooled only = a.opens();
        assertThat(a.waiting).isEqualTo(4);
        budget.changeRoom(only, 4);
        a.serve();
        assertThat(a.waiting).isEqualTo(2);
        budget.changeRoom(only, 1);
        for (int left = 4; left > 1; left--) {
            a.completes(only);
            assertThat(a.waiting).as("with %d before", left).isEqualTo(2);
        }
        a.completes(only);
        assertThat(a.waiting).isEqualTo(1);
        assertThat(a.serving).hasSize(1);
    }

    @Test
    void aSharedConnectionIsNotIdleAndNotClosedWhileItServesOne() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = sharing("a", budget, 2);
        arrive(a, 2);
        Pooled pooled = a.opens();
        a.completes(pooled);
        now += 300 * SECOND;
        budget.sweep();
        assertThat(pooled.connection.isClosed()).isFalse();
        assertThat(budget.snapshot().idle()).isZero();
        a.arrive();
        assertThat(a.opening).as("it is too old for another one").hasSize(1);
        a.completes(pooled);
        assertThat(pooled.connection.isClosed()).isTrue();
    }

    @Test
    void theConnectionsOfOnesOwnSelectorComeFirstAndTheOthersBeforeANewOne() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        a.selector = "first";
        Pooled own = serveOne(a);
        a.selector = "second";
        Pooled others = serveOne(a);
        a.completes(own);
        a.completes(others);
        a.selector = "first";
        assertThat(serveOne(a)).isSameAs(own);
        assertThat(serveOne(a)).isSameAs(others);
        assertThat(a.opening).isEmpty();
        assertThat(serveOne(a)).isNotIn(own, others);
    }

    @Test
    void aConnectionThatLeavesThePoolIsNotFoundAmongThoseOfItsSelector() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        a.selector = "first";
        Pooled left = serveOne(a);
        Pooled stays = serveOne(a);
        a.completes(left);
        a.completes(stays);
        budget.retire(a.share, pooled -> pooled == left);
        assertThat(serveOne(a)).isSameAs(stays);
        assertThat(serveOne(a)).isNotIn(left, stays);
    }

    @Test
    void theConnectionUsedLastIsUsedNext() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        Pooled first = serveOne(a);
        Pooled second = serveOne(a);
        a.completes(second);
        a.completes(first);
        a.arrive();
        assertThat(a.serving).containsExactly(first);
    }

    @Test
    void aSpentBudgetEvictsWhatWasIdleForLongestWhereverThatIs() {
        ConnectionBudget budget = budget(3, 3, true);
        FakeDestination a = destination("a", budget);
        FakeDestination b = destination("b", budget);
        FakeDestination c = destination("c", budget);
        Pooled ofA = serveOne(a);
        Pooled ofB = serveOne(b);
        Pooled busy = serveOne(b);
        b.completes(ofB);
        now++;
        a.completes(ofA);

        c.arrive();
        assertThat(ofB.connection.isClosed()).isTrue();
        assertThat(ofA.connection.isClosed()).isFalse();
        assertThat(busy.connection.isClosed()).isFalse();
        assertThat(c.opening).as("before the socket is gone").isEmpty();
        ofB.permit.socketGone();
        assertThat(c.opening).hasSize(1);
        assertThat(budget.snapshot().open()).isEqualTo(3);
        assertThat(budget.snapshot().ever().evictions()).isEqualTo(1);
    }

    @Test
    void aBusyDestinationHandsAConnectionOverToAPoorerOne() {
        ConnectionBudget budget = budget(2, 2, false);
        FakeDestination busy = destination("busy", budget);
        FakeDestination other = destination("other", budget);
        arrive(busy, 50);
        busy.opens();
        busy.opens();
        other.arrive();
        assertThat(other.opening).isEmpty();

        busy.completes(busy.serving.get(0));
        assertThat(busy.closing).hasSize(1);
        busy.closing.remove(0).permit.socketGone();
        assertThat(other.opening).hasSize(1);
        busy.completes(busy.serving.get(0));
        assertThat(busy.closing).as("one was enough").isEmpty();
    }

    @Test
    void anUpgradedConnectionIsLeasedUntilItsSocketIsGoneAndIsNobodysToTake() {
        ConnectionBudget budget = budget(1, 1, true);
        FakeDestination a = destination("a", budget);
        Pooled upgraded = serveOne(a);
        assertThat(budget.detach(upgraded)).isTrue();
        assertThat(budget.detach(upgraded)).as("once").isFalse();
        now += 1000 * SECOND;
        budget.sweep();
        FakeDestination b = destination("b", budget);
        b.arrive();
        budget.closeAll(a.share);
        assertThat(upgraded.connection.isClosed()).isFalse();
        assertThat(budget.snapshot(a.share).leased()).isEqualTo(1);
        assertThat(b.opening).isEmpty();

        upgraded.permit.socketGone();
        assertThat(budget.snapshot(a.share).leased()).isZero();
        assertThat(b.opening).hasSize(1);
    }

    @Test
    void whatComesFreeGoesToThePoorestAndThenByTurn() {
        ConnectionBudget budget = budget(1, 1, false);
        FakeDestination a = destination("a", budget);
        FakeDestination b = destination("b", budget);
        FakeDestination c = destination("c", budget);
        serveOne(a);
        arrive(b, 5);
        arrive(c, 1);
        a.completes(a.serving.get(0));
        a.closing.remove(0).permit.socketGone();
        assertThat(b.opening).hasSize(1);
        b.opens();
        b.completes(b.serving.get(0));
        b.closing.remove(0).permit.socketGone();
        assertThat(c.opening).hasSize(1);
        assertThat(b.opening).isEmpty();
    }

    @Test
    void theLastEighthIsForWhoHasLessThanHalf() {
        ConnectionBudget budget = budget(16, 16, true);
        FakeDestination hanging = destination("hanging", budget);
        FakeDestination healthy = destination("healthy", budget);
        arrive(hanging, 100);
        assertThat(hanging.opening).hasSize(14);
        healthy.arrive();
        assertThat(healthy.opening).hasSize(1);
    }

    @Test
    void theOnlyDestinationMayUseAllOfIt() {
        ConnectionBudget budget = budget(16, 16, false);
        FakeDestination only = destination("only", budget);
        arrive(only, 100);
        assertThat(only.opening).hasSize(16);
    }

    @Test
    void moreIdleConnectionsThanAllowedAreClosedTheOldestFirst() {
        ConnectionBudget budget = budget(10, 1, false);
        FakeDestination a = destination("a", budget);
        Pooled first = serveOne(a);
        Pooled second = serveOne(a);
        a.completes(first);
        a.completes(second);
        assertThat(first.connection.isClosed()).isTrue();
        assertThat(second.connection.isClosed()).isFalse();
        assertThat(budget.snapshot().idle()).isEqualTo(1);
    }

    @Test
    void anIdleConnectionIsKeptUntilItsTimeAndNotLonger() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        Pooled pooled = serveOne(a);
        a.completes(pooled);
        now += 30 * SECOND - 1;
        budget.sweep();
        assertThat(pooled.connection.isClosed()).isFalse();
        now++;
        budget.sweep();
        assertThat(pooled.connection.isClosed()).isTrue();
    }

    @Test
    void anUpstreamThatKeepsConnectionsForLessIsBelieved() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        Pooled pooled = serveOne(a);
        a.serving.clear();
        budget.release(pooled, KeepAliveField.idleNanos("timeout=5, max=100"));
        now += 4 * SECOND;
        budget.sweep();
        assertThat(pooled.connection.isClosed()).isTrue();
    }

    @Test
    void aConnectionThatHasBecomeTooOldIsClosedWhenItsExchangeEnds() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = destination("a", budget);
        Pooled pooled = serveOne(a);
        now += 300 * SECOND;
        budget.sweep();
        assertThat(pooled.connection.isClosed()).isFalse();
        a.completes(pooled);
        assertThat(pooled.connection.isClosed()).isTrue();
    }

    @Test
    void connectsAreSpreadOverTime() {
        ConnectionBudget budget = budget(100, 100, false);
        FakeDestination a = new FakeDestination("a", budget, 256, 10);
        arrive(a, 15);
        assertThat(a.opening).hasSize(10);
        assertThat(a.growsInNanos).isEqualTo(SECOND / 10);
        now += SECOND / 10;
        budget.grow(a.share);
        assertThat(a.opening).hasSize(11);
    }

    @Test
    void aFailedConnectFailsOneExchangeAndTheOthersWaitOn() {
        ConnectionBudget budget = budget(1, 1, false);
        FakeDestination a = destination("a", budget);
        arrive(a, 3);
        a.failsToOpen();
        assertThat(a.waiting).isEqualTo(2);
        assertThat(a.opening).hasSize(1);
    }

    @Test
    void whoHasAllItsConnectionsOpensAnotherWhenOneOfThemHasGone() {
        ConnectionBudget budget = budget(10, 10, false);
        FakeDestination a = new FakeDestination("a", budget, 1, 1000);
        Pooled only = serveOne(a);
        a.arrive();
        a.isClosedByUpstream(only);
        assertThat(a.opening).as("the socket is still there").isEmpty();
        only.permit.socketGone();
        assertThat(a.opening).hasSize(1);
    }

    @Test
    void aPlaceThatWasMadeOnceCanBeMadeAgain() {
        ConnectionBudget budget = budget(1, 1, true);
        FakeDestination a = destination("a", budget);
        FakeDestination b = destination("b", budget);
        Pooled idle = serveOne(a);
        a.completes(idle);
        b.arrive();
        idle.permit.socketGone();
        Pooled next = b.opens();
        b.completes(next);
        a.arrive();
        assertThat(next.connection.isClosed()).isTrue();
        next.permit.socketGone();
        assertThat(a.opening).hasSize(1);
    }

    @Test
    void aPermitWhoseSocketWasClosedIsGivenBackAtTheSecondLook() throws IOException {
        ConnectionBudget budget = budget(1, 1, false);
        FakeDestination a = destination("a", budget);
        Pooled pooled = serveOne(a);
        SocketChannel socket = SocketChannel.open();
        pooled.permit.attach(socket, null);
        assertThat(budget.reconcile()).isEmpty();
        socket.close();
        assertThat(budget.reconcile()).isEmpty();
        assertThat(budget.reconcile()).containsExactly("a");
        assertThat(budget.snapshot().open()).isZero();
        assertThat(budget.reconcile()).isEmpty();
    }

    @Test
    void aConnectionWhoseExchangeHasGoneMakesRoomForWhoWaits() {
        ConnectionBudget budget = budget(1, 1, false);
        FakeDestination a = destination("a", budget);
        FakeDestination b = destination("b", budget);
        a.arrive();
        b.arrive();
        a.waiting = 0;
        Pooled surplus = a.opens();
        assertThat(surplus.connection.isClosed()).isTrue();
        surplus.permit.socketGone();
        assertThat(b.opening).hasSize(1);
    }
}
