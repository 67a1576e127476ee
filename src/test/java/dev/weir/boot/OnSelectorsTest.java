package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OnSelectorsTest {
    private static final String EXCHANGE = "GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n";

    private static RunningLauncher launch(Origin origin, String... more) throws StartFailedException {
        List<String> options =
                new ArrayList<>(List.of("--port", "0", "--route", "/proxy=" + origin.uri(), "--set", "keepAlive=true"));
        options.addAll(List.of(more));
        return Launcher.start(Options.of(options.toArray(String[]::new)));
    }

    private static Origin origin() {
        return new Origin().answerAll(request -> Origin.ok("ok"));
    }

    private static List<Integer> keys(ServerConnector connector) {
        return connector.getSelectorManager().getBeans(ManagedSelector.class).stream()
                .map(ManagedSelector::getTotalKeys)
                .sorted()
                .toList();
    }

    private static void exchange(RunningLauncher weir) {
        try (Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            assertThat(client.send(EXCHANGE).receiveResponse().text()).isEqualTo("ok");
        }
    }

    @Test
    void bothSidesOfAnExchangeHaveOneSelector() throws StartFailedException {
        try (Origin origin = origin();
                RunningLauncher weir = launch(origin);
                Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            assertThat(client.send(EXCHANGE).receiveResponse().text()).isEqualTo("ok");
            ServerConnector connector = (ServerConnector) weir.server().getConnectors()[0];
            List<Integer> keys = keys(connector);
            assertThat(keys.get(keys.size() - 1)).isEqualTo(2);
            assertThat(keys.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
            assertThat(connector.getConnectedEndPoints()).as("clients").hasSize(1);
            assertThat(connector.getBean(ClientLimit.class).accepted()).isEqualTo(1);
            assertThat(weir.server().getInvocationType()).isEqualTo(InvocationType.NON_BLOCKING);
        }
    }

    @Test
    void whereFiltersMayWaitTheSidesHaveThreadsOfTheirOwn() throws StartFailedException {
        try (Origin origin = origin();
                RunningLauncher weir = launch(origin, "--set", "nonBlocking=false");
                Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            assertThat(client.send(EXCHANGE).receiveResponse().text()).isEqualTo("ok");
            ServerConnector connector = (ServerConnector) weir.server().getConnectors()[0];
            assertThat(keys(connector).stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(1);
            assertThat(weir.server().getInvocationType()).isEqualTo(InvocationType.BLOCKING);
        }
    }

    /** Pages, one under a name that is another only to the eye; refusals by the chain, by nobody's servlet, by the parser. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /-/metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET /%2D/status.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET /-/outcomes/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "TRACE /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /nobodys HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n"
            })
    void whoReadsNoAnswerHoldsUpNobody(String request) throws Exception {
        try (Origin origin = origin();
                RunningLauncher weir = launch(origin)) {
            List<SocketChannel> silent = new ArrayList<>();
            try {
                for (int client = 0; client <= Connector.SELECTORS; client++) {
                    silent.add(SilentClient.flood(weir.uri().getPort(), request));
                }
                for (int other = 0; other < 2 * Connector.SELECTORS; other++) {
                    exchange(weir);
                }
            } finally {
                for (SocketChannel one : silent) {
                    one.close();
                }
            }
        }
    }

    @Test
    void aPageIsAnsweredBesideThoseThatNobodyReads() throws Exception {
        try (Origin origin = origin();
                RunningLauncher weir = launch(origin);
                SocketChannel silent = SilentClient.flood(weir.uri().getPort(), SilentClient.LARGE_PAGE);
                Client client = Client.connect("127.0.0.1", weir.uri().getPort())) {
            assertThat(silent.isOpen()).isTrue();
            client.patience(Duration.ofSeconds(10)).send("GET /-/status.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            assertThat(client.receiveResponse().status()).isEqualTo(200);
        }
    }
}
