package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand steps in a random order that the seed tells: the bound holds after each, and nobody is forgotten. */
class ConnectionBudgetFuzzTest {
    private static final int STEPS = 10_000;
    private static final int BUDGET = 12;
    private static final int MAX_CONNECTIONS = 7;
    /** From this destination on, connections serve several exchanges at once, now more of them, now less. */
    private static final int FIRST_SHARED = 4;

    private final CountedSockets counter = new CountedSockets();
    private final ConnectionBudget budget = new ConnectionBudget(
            new BudgetLimits(BUDGET, 9, seconds(30), seconds(300), 50, true), () -> this.now, this.counter);
    private final List<FakeDestination> destinations = IntStream.range(0, 6)
            .mapToObj(i -> new FakeDestination("destination " + i, budget, MAX_CONNECTIONS, 5))
            .toList();
    /** Every permit with a connection whose socket is not gone yet. */
    private final Map<SocketPermit, Pooled> known = new LinkedHashMap<>();

    private long now;

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theBoundHoldsAfterEachStepAndNobodyIsForgotten(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            String which = "seed " + seed + ", step " + step;
            step(random);
            check(which);
            if (random.nextInt(500) == 0) {
                everybodyIsServed(which);
            }
        }
        everybodyIsServed("seed " + seed + ", at the end");
        destinations.forEach(destination -> budget.closeAll(destination.share));
        settle();
        assertThat(budget.snapshot().open()).as("seed %d, after the stop", seed).isZero();
    }

    private void step(Random random) {
        FakeDestination one = destinations.get(random.nextInt(destinations.size()));
        if (destinations.indexOf(one) >= FIRST_SHARED && random.nextInt(10) == 0) {
            one.room = 1 + random.nextInt(4);
            any(List.copyOf(one.share.all), random, pooled -> budget.changeRoom(pooled, one.room));
            one.serve();
        }
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> one.arrive();
            case 3, 4 -> any(one.serving, random, one::completes);
            case 5 -> any(one.opening, random, ignored -> one.opens());
            case 6 -> any(one.opening, random, ignored -> one.failsToOpen());
            case 7 -> any(List.copyOf(one.share.all), random, one::isClosedByUpstream);
            case 8 -> {
                now += random.nextInt(20) == 0 ? seconds(31) : seconds(1) / 10;
                budget.sweep();
                growLater();
            }
            default -> {
                if (random.nextInt(40) == 0) {
                    one.serving.clear();
                    budget.closeAll(one.share);
                    one.serve();
                }
            }
        }
        if (random.nextBoolean()) {
            socketsGo();
        }
    }

    private static <T> void any(List<T> all, Random random, Consumer<T> step) {
        if (!all.isEmpty()) {
            step.accept(all.get(random.nextInt(all.size())));
        }
    }

    private void growLater() {
        for (FakeDestination destination : destinations) {
            if (destination.growsInNanos >= 0) {
                destination.growsInNanos = -1;
                budget.grow(destination.share);
            }
        }
    }

    /** What was closed by the budget is out of the pool, with a socket that is still to go. */
    private void socketsGo() {
        for (FakeDestination destination : destinations) {
            learn(destination);
            closedOf(destination).forEach(SocketPermit::socketGone);
            destination.closing.clear();
        }
    }

    private void learn(FakeDestination destination) {
        destination.connected.forEach(pooled -> known.put(pooled.permit, pooled));
        destination.connected.clear();
    }

    private List<SocketPermit> closedOf(FakeDestination destination) {
        List<SocketPermit> closed = known.entrySet().stream()
                .filter(entry -> entry.getValue().share() == destination.share)
                .filter(entry -> entry.getValue().connection.isClosed())
                .map(Map.Entry::getKey)
                .toList();
        closed.forEach(known::remove);
        return closed;
    }

    private void check(String which) {
        int opening = 0;
        int inPool = 0;
        for (FakeDestination destination : destinations) {
            learn(destination);
            opening += destination.opening.size();
            inPool += destination.share.all.size();
            assertThat(destination.share.opening).as(which).isEqualTo(destination.opening.size());
            assertThat(destination.share.leased).as(which).isEqualTo(destination.serving.size());
            assertThat(destination.share.sockets).as(which).isBetween(0, MAX_CONNECTIONS);
            assertThat(destination.serving).as(which).allMatch(pooled -> !pooled.connection.isClosed());
        }
        long closing = known.values().stream()
                .filter(pooled -> pooled.connection.isClosed())
                .count();
        BudgetSnapshot snapshot = budget.snapshot();
        assertThat(snapshot.open()).as(which).isLessThanOrEqualTo(BUDGET);
        assertThat(snapshot.open()).as("permits and sockets, %s", which).isEqualTo((int) (opening + inPool + closing));
        assertThat(counter.open).as("descriptors, %s", which).isEqualTo(snapshot.open());
        assertThat(snapshot.idle()).as(which).isLessThanOrEqualTo(9);
        if (snapshot.open() == BUDGET) {
            checkThatRoomIsMade(which);
        }
    }

    /** While a poor destination wants a socket, no connection of another stays idle that nobody makes room with. */
    private void checkThatRoomIsMade(String which) {
        boolean evicting =
                known.values().stream().anyMatch(pooled -> pooled.connection.isClosed() && pooled.permit.evicted);
        for (FakeDestination poor : destinations) {
            boolean wants = poor.share.wantsSocket() && !poor.share.growsLater && 2 * poor.share.sockets < BUDGET;
            if (wants && !evicting) {
                assertThat(destinations)
                        .as("nobody makes room for %s, %s", poor.name(), which)
                        .filteredOn(other -> other != poor)
                        .noneMatch(other -> other.share.all.stream().anyMatch(Pooled::isIdle));
            }
        }
    }

    /** Everything that is under way ends well, until nothing is. */
    private void everybodyIsServed(String which) {
        for (int round = 0; round < 2000 && !isQuiet(); round++) {
            settle();
        }
        assertThat(destinations).as(which).allMatch(destination -> destination.waiting == 0);
    }

    private boolean isQuiet() {
        return destinations.stream()
                .allMatch(one -> one.waiting == 0 && one.serving.isEmpty() && one.opening.isEmpty());
    }

    private void settle() {
        now += seconds(1) / 5;
        for (FakeDestination one : destinations) {
            List.copyOf(one.opening).forEach(ignored -> one.opens());
            learn(one);
            List.copyOf(one.serving).forEach(one::completes);
        }
        socketsGo();
        growLater();
    }
}
