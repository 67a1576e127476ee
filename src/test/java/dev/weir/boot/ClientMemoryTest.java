package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientMemoryTest {
    private static final int CLIENTS = 400;
    /** What stays alive for a client that is idle, and for the test's own side of it; Jetty's default is about 100 KB more. */
    private static final int MOST_BYTES = 40 * 1024;

    private static final String REQUEST = "GET /proxy/ HTTP/1.1\r\nHost: h\r\nUser-Agent: a browser of some name\r\n"
            + "Accept: text/html\r\nAccept-Encoding: gzip\r\nCookie: a=b; c=d\r\n\r\n";

    private static long alive() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void anIdleClientThatHasAskedTwiceKeepsLittle() throws StartFailedException {
        List<Client> clients = new ArrayList<>();
        try (Origin origin = new Origin().answerAll(request -> Origin.ok("ok"));
                RunningLauncher weir = Launcher.start(Options.of("--port", "0", "--route", "/proxy=" + origin.uri()))) {
            ask(weir, clients);
            long before = alive();
            for (int client = 0; client < CLIENTS; client++) {
                ask(weir, clients);
            }
            assertThat((alive() - before) / CLIENTS).as("bytes a client").isLessThan(MOST_BYTES);
        } finally {
            clients.forEach(Client::close);
        }
    }

    private static void ask(RunningLauncher weir, List<Client> clients) {
        Client client = Client.connect("127.0.0.1", weir.uri().getPort());
        clients.add(client);
        for (int request = 0; request < 2; request++) {
            assertThat(client.send(REQUEST).receiveResponse().text()).isEqualTo("ok");
        }
    }
}
