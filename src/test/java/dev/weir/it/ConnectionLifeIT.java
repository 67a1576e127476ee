package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What bounds the life of a pooled connection, and how fast new ones come, each set and seen at the upstream. */
class ConnectionLifeIT {
    private final Origin origin = new Origin();

    private RunningWeir start(String parameter, String value) {
        return Home.LAUNCHER.start(
                Deployment.of(RouteSpec.to("/life", origin.uri())).shared(parameter, value));
    }

    @AfterEach
    void close() {
        origin.close();
    }

    private static Client get(RunningWeir weir) {
        return Client.connect(weir.host(), weir.port()).send("GET /life/a HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    /** Asks, and waits until the connection is back. */
    private static void exchange(RunningWeir weir) {
        try (Client client = get(weir)) {
            assertThat(client.receiveResponse().text()).isEqualTo("ok");
        }
        await().until(() -> Status.of(weir).leased() == 0);
    }

    @Test
    void aConnectionServesMaxConnectionUsesExchanges() {
        origin.answerAll(request -> Origin.ok("ok"));
        try (RunningWeir weir = start("maxConnectionUses", "3")) {
            IntStream.range(0, 7).forEach(exchange -> exchange(weir));
            assertThat(origin.connections()).isEqualTo(3);
        }
    }

    @Test
    void aConnectionOlderThanMaxConnectionAgeIsClosedAfterItsExchange() {
        try (RunningWeir weir = start("maxConnectionAge", "1s");
                Client client = get(weir)) {
            OriginConnection upstream = origin.accept().skipRequest();
            assertThat(upstream.patience(Duration.ofMillis(1200)).awaitClosed())
                    .as("closed in use")
                    .isFalse();
            upstream.send(Origin.ok("ok"));
            assertThat(client.receiveResponse().text()).isEqualTo("ok");
            assertThat(upstream.patience(Duration.ofSeconds(5)).awaitClosed()).isTrue();
        }
    }

    @Test
    void aConnectionIsIdleForIdleTimeout() {
        try (RunningWeir weir = start("idleTimeout", "500ms");
                Client client = get(weir)) {
            OriginConnection upstream = origin.accept().skipRequest();
            long start = System.nanoTime();
            upstream.send(Origin.ok("ok"));
            assertThat(upstream.patience(Duration.ofSeconds(10)).awaitClosed()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            assertThat(client.receiveResponse().text()).isEqualTo("ok");
        }
    }

    @Test
    void noMoreThanMaxIdleConnectionsArePooled() {
        try (RunningWeir weir = start("maxIdleConnections", "1")) {
            List<Client> clients = Stream.generate(() -> get(weir)).limit(3).toList();
            List<OriginConnection> upstreams = clients.stream()
                    .map(client -> origin.accept().skipRequest())
                    .toList();
            upstreams.forEach(upstream -> upstream.send(Origin.ok("ok")));
            clients.forEach(
                    client -> assertThat(client.receiveResponse().text()).isEqualTo("ok"));
            await().untilAsserted(() -> assertThat(Status.of(weir).json().getInt("connections.open"))
                    .isEqualTo(1));
            clients.forEach(Client::close);
        }
    }

    /** Those of the first second at once; each further one in half a second. */
    @Test
    void newConnectionsComeNoFasterThanConnectRate() {
        try (RunningWeir weir = start("connectRate", "2")) {
            long start = System.nanoTime();
            List<Client> clients = Stream.generate(() -> get(weir)).limit(5).toList();
            List<OriginConnection> upstreams = clients.stream()
                    .map(client -> origin.accept().skipRequest())
                    .toList();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
            upstreams.forEach(upstream -> upstream.send(Origin.ok("ok")));
            clients.forEach(
                    client -> assertThat(client.receiveResponse().text()).isEqualTo("ok"));
            clients.forEach(Client::close);
        }
    }
}
