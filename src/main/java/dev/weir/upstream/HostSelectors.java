package dev.weir.upstream;

import java.nio.channels.SelectableChannel;
import org.eclipse.jetty.io.ManagedSelector;

/**
 * A server's selectors, which watch the sockets to upstreams beside the server's own, as {@link UpstreamSockets}. A request
 * is then sent on by the thread that read it, over a socket of the same selector's, so that its answer comes back to the
 * same thread, and no thread has to wake another.
 *
 * <p>Threads: any.
 */
public interface HostSelectors {
    /** Watches a socket until it is connected, and from then on. */
    void connect(SelectableChannel channel, Object attachment);

    /** Watches a socket that is connected. */
    void accept(SelectableChannel channel, Object attachment);

    /** The selector that the asking thread runs for, or ran for last; null where it never did. */
    ManagedSelector current();

    /** Has every selector forget the sockets that were closed. */
    void wake();
}
