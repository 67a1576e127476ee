package dev.weir.upstream;

import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;

/**
 * A server's selectors, which watch the sockets to upstreams beside the server's own, as {@link UpstreamSockets}. A request
 * is then sent on by the thread that read it, over a socket of the same selector's, so that its answer comes back to the
 * same thread, and no thread has to wake another.
 *
 * <p>Threads: any.
 */
public interface HostSelectors {
    /** Takes the sockets, and asks of those what {@link UpstreamSockets} answers. */
    SelectorManager manager();

    /** The selector that the asking thread runs for, or ran for last; null where it never did. */
    ManagedSelector current();
}
