package dev.weir.it;

import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;

/**
 * One exchange as both ends saw it.
 *
 * @param received by the upstream; null where the request did not get that far
 * @param client what the client received
 */
record Seen(ReceivedRequest received, ReceivedResponse client) {
    /** What the upstream received; an {@link AssertionError} with the client's answer where nothing came. */
    ReceivedRequest upstream() {
        if (received == null) {
            throw new AssertionError("nothing reached the upstream; the client got " + client + client.text());
        }
        return received;
    }

    boolean reachedUpstream() {
        return received != null;
    }
}
