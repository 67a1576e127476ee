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

    ServerThreads(int max) {
        super(max, MIN);
    }

    @Override
    public void execute(Runnable task) {
        if (task instanceof HttpConnection connection && onlyWaits(connection)) {
            task.run();
        } else {
            super.execute(task);
        }
    }

    /** Nobody else reads from it, and the selector does not watch it, so that this stays true until it has run. */
    private static boolean onlyWaits(HttpConnection connection) {
        return connection.isRequestBufferEmpty()
                && connection.getEndPoint() instanceof ShortReadEndPoint socket
                && socket.isDrained();
    }
}
