package dev.weir.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.IO;

/**
 * The attempt to connect to one address, of the several that an {@link AddressRace} may make for one connection.
 *
 * <p>Threads: any.
 */
final class Attempt {
    private final InetSocketAddress address;
    private final long startNanos;
    private SelectableChannel channel;
    private boolean abandoned;
    private boolean won;

    Attempt(InetSocketAddress address, long startNanos) {
        this.address = address;
        this.startNanos = startNanos;
    }

    InetSocketAddress address() {
        return address;
    }

    /** When it began, by the clock of its race. */
    long startNanos() {
        return startNanos;
    }

    /** Whether its connection is the one that was asked for; its race closes the others. */
    synchronized boolean won() {
        return won;
    }

    synchronized void win() {
        won = true;
    }

    /** Closes the socket, now or as soon as there is one. The selector holds its descriptor until it wakes. */
    void abandon() {
        SelectableChannel open;
        synchronized (this) {
            abandoned = true;
            open = channel;
        }
        IO.close(open);
    }

    /** The transport, which now tells this attempt which socket is its own. */
    Transport watched(Transport transport) {
        return new Transport.Wrapper(transport) {
            @Override
            public SelectableChannel newSelectableChannel() throws IOException {
                return own(super.newSelectableChannel());
            }
        };
    }

    private synchronized SelectableChannel own(SelectableChannel opened) {
        channel = opened;
        if (abandoned) {
            IO.close(opened);
        }
        return opened;
    }

    /** The address. */
    @Override
    public String toString() {
        return address.toString();
    }
}
