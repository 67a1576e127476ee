package dev.weir.proxy;

import dev.weir.config.AddressRanges;
import dev.weir.limits.KernelSockets;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the clients that have left while they waited for a response's head, where neither a read nor a write would show it:
 * a container reads nothing of a client whose request it has whole.
 *
 * <p>The kernel knows that a client has closed its side (CLOSE_WAIT), but not whether it still listens: whoever only has
 * nothing more to say gets its answer. So it is sent an interim response, 102, which every client must be able to take (RFC
 * 9110 §15.2). Who has left answers that with a reset, and its socket is gone from the kernel's list.
 *
 * <p>Looks every {@value #PERIOD_SECONDS} s, and reads the list only where somebody has waited that long. Exchanges younger
 * than that are not kept from one look to the next: a thousand of them would outlive their end by it. Linux, HTTP/1.1.
 *
 * <p>Threads: the scheduler's.
 */
final class LeftClients implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LeftClients.class);
    private static final long PERIOD_SECONDS = 2;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(PERIOD_SECONDS);

    /** What the looks so far have shown of a client. */
    enum Seen {
        /** Has closed nothing. */
        OPEN,
        /** Had closed its side, and was sent a 102. */
        ASKED,
        /** Was not in the list at the last look; the list may err once. */
        MISSING,
        /** Was not in the list twice in a row. */
        GONE;

        /** After one more look. */
        Seen then(boolean closed) {
            if (closed) {
                return ASKED;
            }
            return this == OPEN ? OPEN : this == ASKED ? MISSING : GONE;
        }
    }

    private record Waiting(KernelSockets.Socket client, Seen seen) {}

    private final Deadlines exchanges;
    private final Scheduler scheduler;
    private Map<Relay, Waiting> waiting = new HashMap<>();
    private volatile boolean stopped;

    LeftClients(Deadlines exchanges, Scheduler scheduler) {
        this.exchanges = exchanges;
        this.scheduler = scheduler;
        schedule();
    }

    private void schedule() {
        if (!stopped) {
            scheduler.schedule(this, PERIOD_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void run() {
        try {
            look();
        } catch (IOException | RuntimeException unreadable) {
            LOG.debug("The kernel's list of sockets was not read", unreadable);
        } finally {
            schedule();
        }
    }

    private void look() throws IOException {
        Map<Relay, Waiting> before = waiting;
        waiting = new HashMap<>();
        Set<KernelSockets.Socket> closed = null;
        for (Relay relay : exchanges.all()) {
            if (relay.exchange().report().ageNanos() < PERIOD_NANOS || !relay.awaitsHead()) {
                continue;
            }
            Optional<Waiting> known = Optional.ofNullable(before.get(relay))
                    .or(() -> client(relay.exchange().request()).map(client -> new Waiting(client, Seen.OPEN)));
            if (known.isPresent()) {
                closed = closed == null ? KernelSockets.in(KernelSockets.State.CLOSE_WAIT) : closed;
                judge(relay, known.get(), closed.contains(known.get().client()));
            }
        }
    }

    /** As the kernel names it; empty where it is not HTTP/1.1. */
    private static Optional<KernelSockets.Socket> client(HttpServletRequest request) {
        return request.getProtocol().equals("HTTP/1.1")
                ? AddressRanges.address(request.getRemoteAddr())
                        .map(peer -> new KernelSockets.Socket(request.getLocalPort(), peer, request.getRemotePort()))
                : Optional.empty();
    }

    private void judge(Relay relay, Waiting known, boolean closed) {
        Seen now = known.seen().then(closed);
        if (now == Seen.GONE) {
            relay.onClientGone();
            return;
        }
        if (now == Seen.ASKED && known.seen() == Seen.OPEN) {
            relay.askClient();
        }
        waiting.put(relay, new Waiting(known.client(), now));
    }

    void stop() {
        stopped = true;
    }
}
