package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The launcher gives a request head {@code headTimeout}, and no slow drip of bytes gives it more. */
class SlowHeadIT {
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(2);
    /** The README's second, and one for a busy machine. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static Origin origin;
    private static RunningWeir weir;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        origin = new Origin();
        weir = Home.LAUNCHER.start(
                Deployment.of(RouteSpec.to("/a", origin.uri())).shared("headTimeout", "2s"));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
    }

    private static Client connect() {
        return Client.connect(weir.host(), weir.port());
    }

    /** Drips a header field until the other end is closed; how long that took. */
    private static Duration drip(Client client) {
        long begin = System.nanoTime();
        client.patience(Duration.ofMillis(100));
        while (!client.awaitClosed()) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
            try {
                client.send("x");
            } catch (java.io.UncheckedIOException closed) {
                break;
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void aHeadThatDripsIsCutAfterTheTimeoutFromConnecting() {
        try (Client client = connect()) {
            client.send("GET /a/ HTTP/1.1\r\nHost: h\r\nX: ");
            assertThat(drip(client)).isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
        }
    }

    @Test
    void whoConnectsAndSendsNothingIsCut() {
        long begin = System.nanoTime();
        try (Client client = connect()) {
            assertThat(client.awaitClosed()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
    }

    @Test
    void aLaterHeadHasItsTimeFromItsFirstByteAndAnIdleConnectionIsKept() {
        try (Client client = connect()) {
            client.send("GET /a/1 HTTP/1.1\r\nHost: h\r\n\r\n");
            origin.accept()
                    .skipRequest()
                    .send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1")
                    .close();
            assertThat(client.receiveResponse().text()).isEqualTo("1");
            client.patience(HEAD_TIMEOUT.plusSeconds(2));
            assertThat(client.awaitClosed()).as("between requests").isFalse();
            client.send("GET /a/2 HT");
            assertThat(drip(client)).isBetween(HEAD_TIMEOUT, HEAD_TIMEOUT.plus(LATE));
        }
    }

    @Test
    void aRequestThatIsBeingHandledIsNotCutHoweverLongItTakes() {
        try (Client client = connect()) {
            client.send("POST /a/ HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\na");
            var upstream = origin.accept();
            var head = upstream.receiveHead();
            client.patience(HEAD_TIMEOUT.plusSeconds(2));
            assertThat(client.awaitClosed()).as("in the middle of a body").isFalse();
            client.send("b");
            upstream.receiveBody(head);
            upstream.send(Origin.ok("late"));
            assertThat(client.receiveResponse().text()).isEqualTo("late");
        }
    }
}
