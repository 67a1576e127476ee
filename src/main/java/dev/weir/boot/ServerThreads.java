package dev.weir.boot;

import dev.weir.upstream.ShortReadEndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server's threads. Behind each answer that is written later than its request was handled, Jetty asks for one of them
 * to go on with the connection. Where it is known that nothing has come meanwhile, all that is left to do is to wait for
 * it, which any thread does at once, and whoever ended the answer need not wake another.
 *
 * <p>{@code HttpConnection} is internal to Jetty; a hook for what follows an answer would change our mind.
 */
final class ServerThreads extends QueuedThreadPool {
    private static final int MIN = 4;
    /** For new connections and ends of old ones, where the selectors' threads do the rest. */
    private static final int BESIDE_SELECTORS = 8;

    private volatile boolean beside;

    ServerThreads(int max) {
        super(max, MIN);
    }

    /** Requests run on the threads of so many acceptors and selectors, which are leased from these, and block none. */
    void serveBeside(int leased) {
        setMaxThreads(leased + BESIDE_SELECTORS);
        beside = true;
    }

    @Override
    public void execute(Runnable task) {
        if (beside && task instanceof HttpConnection connection && onlyWaits(connection)) {
            task.run();
        } else {
            super.execute(task);
        }
    }

    /** Nobody else reads from it. What comes in the last moment is taken for a request here, which blocks nobody either. */
    private static boolean onlyWaits(HttpConnection connection) {
        return connection.isRequestBufferEmpty()
                && connection.getEndPoint() instanceof ShortReadEndPoint socket
                && socket.isDrained();
    }
}
