package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.OriginConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * The memory that a body passes through goes back to its pool when the exchange is cut while a client reads slowly. What did
 * not would be new memory for each such exchange, until a collection of all of the heap.
 */
class AbandonedBuffersIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.PLAIN;
    private static final int EXCHANGES = 24;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int SMALL_BYTES = 4 * 1024;
    private static final Duration QUIET = Duration.ofMillis(20);

    @Test
    void whoLeavesInTheMiddleOfABodyLeavesNoBufferBehind() {
        assertNoneLost((client, upstream) -> client.reset());
    }

    @Test
    void anUpstreamThatBreaksOffLeavesNoBufferBehind() {
        assertNoneLost((client, upstream) -> upstream.reset());
    }

    private void assertNoneLost(BiConsumer<Client, OriginConnection> cut) {
        try (MemoryProbe memory = new MemoryProbe(weir())) {
            cutMany(cut); // as many as are lent at once stay in the pool
            long before = memory.directBytes();
            cutMany(cut);
            assertThat(memory.directBytes() - before).isLessThan(EXCHANGES / 4 * BUFFER_BYTES);
        }
    }

    private void cutMany(BiConsumer<Client, OriginConnection> cut) {
        List<Client> clients = new ArrayList<>();
        List<OriginConnection> upstreams = new ArrayList<>();
        for (int exchange = 0; exchange < EXCHANGES; exchange++) {
            clients.add(client(SMALL_BYTES).send(get(ROUTE)));
            OriginConnection upstream = origin(ROUTE).accept().skipRequest();
            upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n")
                    .sendUntilStalled(new byte[BUFFER_BYTES], QUIET);
            upstreams.add(upstream);
        }
        for (int exchange = 0; exchange < EXCHANGES; exchange++) {
            cut.accept(clients.get(exchange), upstreams.get(exchange));
        }
        clients.forEach(Client::close);
        upstreams.forEach(OriginConnection::close);
        Leaks.nothingIsHeld(weir());
    }
}
