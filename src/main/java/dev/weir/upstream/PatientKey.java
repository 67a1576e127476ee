package dev.weir.upstream;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A selection key that goes on watching for input when nobody wants any more, until some comes. Whoever waits for input
 * only now and then, as a connection does between two messages, then costs no system call to stop and none to begin again.
 *
 * <p>Threads: as the key that it stands for; {@link #readyOps} and {@link #stopWatchingForNobody} the selector's.
 */
final class PatientKey extends SelectionKey {
    private final SelectionKey key;
    private volatile int wanted;

    PatientKey(SelectionKey key) {
        this.key = key;
        this.wanted = key.interestOps();
    }

    @Override
    public SelectableChannel channel() {
        return key.channel();
    }

    @Override
    public Selector selector() {
        return key.selector();
    }

    @Override
    public boolean isValid() {
        return key.isValid();
    }

    @Override
    public void cancel() {
        key.cancel();
    }

    @Override
    public int interestOps() {
        return wanted;
    }

    @Override
    public SelectionKey interestOps(int ops) {
        wanted = ops;
        int watched = key.interestOps();
        int now = ops | (watched & OP_READ);
        if (now != watched) {
            key.interestOps(now);
        }
        return this;
    }

    /** What is ready of that which somebody waits for. */
    @Override
    public int readyOps() {
        return key.readyOps() & wanted;
    }

    /** Watches no longer for what came and nobody waits for; it is told of again when somebody does. */
    void stopWatchingForNobody() {
        if ((key.readyOps() & ~wanted) != 0) {
            key.interestOps(wanted);
        }
    }
}
