package dev.weir.upstream;

/** How many sockets the budget says are open. */
final class CountedSockets implements HeldSockets.Counter {
    int open;

    @Override
    public void opened() {
        open++;
    }

    @Override
    public void closed() {
        open--;
    }
}
