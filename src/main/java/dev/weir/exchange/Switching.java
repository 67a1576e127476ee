package dev.weir.exchange;

import dev.weir.tunnel.TunnelEnd;
import java.util.function.Consumer;

/**
 * Whom a {@link Home} tells what came of a switch of protocols: one of the two, or neither where the container's listener
 * hears that the client has left.
 *
 * @param opened the client's end of the tunnel, when the 101 is out
 * @param lost the client was gone before that
 */
public record Switching(Consumer<TunnelEnd> opened, Runnable lost) {}
