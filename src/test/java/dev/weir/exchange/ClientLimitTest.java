package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.RunningLauncher;
import dev.weir.boot.StartFailedException;
import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import org.junit.jupiter.api.Test;

/** At {@code maxClients} each answer makes room. */
class ClientLimitTest {
    private static Client connect(RunningLauncher weir) {
        return Client.connect("127.0.0.1", weir.uri().getPort());
    }

    private static Client send(Client client) {
        return client.send("GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    @Test
    void atTheLimitAnAnswerClosesItsConnectionForWhoComesNext() throws StartFailedException {
        try (Origin origin = new Origin().answerAll(request -> Origin.ok("ok"));
                RunningLauncher weir = Launcher.start(
                        Options.of("--port", "0", "--set", "maxClients=2", "--route", "/proxy=" + origin.uri()));
                Client silent = connect(weir);
                Client last = send(connect(weir))) {
            // Who was accepted before it counts.
            assertThat(last.receiveResponse().field("Connection")).isEqualTo("close");
            assertThat(last.awaitClosed()).isTrue();
            try (Client next = send(connect(weir))) {
                assertThat(next.receiveResponse().text()).isEqualTo("ok");
            }
            assertThat(silent.receivedBytes()).isZero();
        }
    }
}
