package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.limits.KernelSockets;
import dev.weir.limits.KernelSockets.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets, as the kernel lists them. */
@SuppressWarnings("try") // they are there to be counted
class SocketTableTest {
    @BeforeEach
    void onLinux() {
        Assumptions.assumeTrue(KernelSockets.areListed(), "this system does not list its sockets");
    }

    /** At an address of its own: towards a port of 127.0.0.1 sockets of who had it before may still rest. */
    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.46"));
    }

    private static Set<InetSocketAddress> addressOf(ServerSocket server) {
        return Set.of(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    }

    private static void awaitCount(ServerSocket server, State state, int count) {
        Set<InetSocketAddress> address = addressOf(server);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(SocketTable.of(address).orElseThrow().in(state, address))
                                .isEqualTo(count));
    }

    @Test
    void itCountsWhatIsOpenTowardsAnAddressAndNotTheOtherEnds() throws IOException {
        try (ServerSocket server = server();
                Socket one = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket other = new Socket(server.getInetAddress(), server.getLocalPort())) {
            awaitCount(server, State.ESTABLISHED, 2);
            Set<InetSocketAddress> address = addressOf(server);
            assertThat(SocketTable.of(address).orElseThrow().portsTaken(address))
                    .isEqualTo(2);
        }
    }

    @Test
    void whatThePeerHasClosedIsInCloseWait() throws IOException {
        try (ServerSocket server = server();
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            server.accept().close();
            awaitCount(server, State.CLOSE_WAIT, 1);
            awaitCount(server, State.ESTABLISHED, 0);
        }
    }

    @Test
    void whatWasClosedHereFirstRestsAndTakesAPort() throws IOException {
        try (ServerSocket server = server()) {
            Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
            Socket accepted = server.accept();
            client.close();
            accepted.close();
            awaitCount(server, State.TIME_WAIT, 1);
            Set<InetSocketAddress> address = addressOf(server);
            assertThat(SocketTable.of(address).orElseThrow().portsTaken(address))
                    .isEqualTo(1);
        }
    }
}
