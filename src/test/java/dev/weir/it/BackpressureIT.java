package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Who does not read stalls who sends, in either direction, and in bounded memory. */
@Conforms(title = "Backpressure", to = "Peers: a slow reader fills the proxy's memory (Spring Cloud Gateway, smiley)")
class BackpressureIT {
    private static final long MEGABYTE = 1 << 20;
    private static final int TRANSFERS = 8;
    private static final long LENGTH = 200 * MEGABYTE;
    /** Sent again and again; its length is prime, so that what is lost or doubled shows. */
    private static final byte[] PATTERN = Payload.of(1_048_573, 6);

    /** Between two looks at the memory, each of which collects the garbage. */
    private static final Duration PROBE = Duration.ofMillis(100);

    private final List<CompletableFuture<Void>> running = new ArrayList<>();

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void clientsThatDoNotReadStallTheirUpstreamsInBoundedMemory(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/big", origin.uri()))
                        .jvmArgs("-Xmx64m")
                        .fullyCompiled());
                MemoryProbe memory = new MemoryProbe(weir)) {
            List<Client> clients =
                    IntStream.range(0, TRANSFERS).mapToObj(i -> get(weir)).toList();
            List<OriginConnection> upstreams =
                    clients.stream().map(client -> origin.accept()).toList();
            upstreams.forEach(upstream -> inBackground(() -> sendAll(upstream)));

            awaitStalled(upstreams);
            assertThat(upstreams)
                    .allSatisfy(upstream -> assertThat(upstream.sentBytes()).isLessThan(32 * MEGABYTE));
            assertBounded(memory);
            assertOthersAreServed(weir, origin);

            long resident = memory.residentBytes();
            clients.forEach(client -> inBackground(() -> receiveAll(client)));
            Awaitility.await("whole bodies")
                    .pollInterval(PROBE)
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> {
                        assertBounded(memory);
                        assertThat(running).allMatch(CompletableFuture::isDone);
                    });
            running.forEach(CompletableFuture::join);
            assertThat(memory.residentBytes() - resident).isLessThan(96 * MEGABYTE);
            assertThat(weir.log()).doesNotContain("OutOfMemory");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anUpstreamThatDoesNotReadStallsItsClientAndNobodyElse(Home home) {
        try (Origin origin = new Origin();
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/big", origin.uri()))
                        .jvmArgs("-Xmx64m")
                        .fullyCompiled());
                Client client = Client.connect(weir.host(), weir.port())) {
            client.send("PUT " + weir.contextPath() + "/big/up HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH
                    + "\r\n\r\n");
            OriginConnection upstream = origin.accept();
            upstream.receiveHead();
            long taken = client.sendUntilStalled(PATTERN, Duration.ofSeconds(1));
            assertThat(taken).isLessThan(32 * MEGABYTE);
            assertOthersAreServed(weir, origin);

            inBackground(() -> send(client, taken));
            byte[] piece = new byte[0];
            for (long received = 0; received < LENGTH; received += piece.length) {
                piece = upstream.readSome(1 << 16);
                assertPattern(received, piece);
            }
            upstream.send(Origin.ok("done"));
            assertThat(client.receiveResponse().text()).isEqualTo("done");
        }
    }

    private static Client get(RunningWeir weir) {
        return Client.connect(weir.host(), weir.port())
                .patience(Duration.ofSeconds(60))
                .send("GET " + weir.contextPath() + "/big/down HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private void inBackground(Runnable transfer) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        running.add(done);
        Thread thread = new Thread(() -> {
            try {
                transfer.run();
                done.complete(null);
            } catch (UncheckedIOException | AssertionError failed) {
                done.completeExceptionally(failed);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void sendAll(OriginConnection upstream) {
        upstream.patience(Duration.ofSeconds(60)).skipRequest();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
        for (long sent = 0; sent < LENGTH; sent += PATTERN.length) {
            upstream.send(from(0, LENGTH - sent));
        }
    }

    private static void send(Client client, long from) {
        for (long sent = from; sent < LENGTH; ) {
            byte[] piece = from(sent, LENGTH - sent);
            client.send(piece);
            sent += piece.length;
        }
    }

    /** The pattern from this place in the body on, to its end or for so many bytes. */
    private static byte[] from(long place, long most) {
        int start = (int) (place % PATTERN.length);
        int length = (int) Math.min(most, PATTERN.length - start);
        return Arrays.copyOfRange(PATTERN, start, start + length);
    }

    private static void receiveAll(Client client) {
        ReceivedResponse head = client.receiveHead();
        assertThat(head.status()).isEqualTo(200);
        byte[] piece = new byte[0];
        for (long received = 0; received < LENGTH; received += piece.length) {
            piece = client.readSome(1 << 16);
            assertThat(piece).as("cut after %d bytes", received).isNotEmpty();
            assertPattern(received, piece);
        }
    }

    private static void assertPattern(long place, byte[] piece) {
        for (int compared = 0; compared < piece.length; ) {
            byte[] expected = from(place + compared, piece.length - compared);
            if (!Arrays.equals(expected, 0, expected.length, piece, compared, compared + expected.length)) {
                throw new AssertionError("other bytes than were sent, behind " + (place + compared));
            }
            compared += expected.length;
        }
    }

    /** Waits until nothing was taken from any upstream for a second. */
    private static void awaitStalled(List<OriginConnection> upstreams) {
        long[] last = {-1, System.nanoTime()};
        Awaitility.await("a stall")
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(15))
                .until(() -> {
                    long sent = upstreams.stream()
                            .mapToLong(OriginConnection::sentBytes)
                            .sum();
                    if (sent != last[0]) {
                        last[0] = sent;
                        last[1] = System.nanoTime();
                    }
                    return sent > 0 && System.nanoTime() - last[1] > 1_000_000_000L;
                });
    }

    private static void assertBounded(MemoryProbe memory) {
        assertThat(memory.heapBytes()).as("heap").isLessThan(48 * MEGABYTE);
        assertThat(memory.directBytes()).as("direct buffers").isLessThan(32 * MEGABYTE);
    }

    private static void assertOthersAreServed(RunningWeir weir, Origin origin) {
        origin.answerAll(request -> Origin.ok("small"));
        for (int i = 0; i < 20; i++) {
            try (Client other = Client.connect(weir.host(), weir.port())) {
                other.send("GET " + weir.contextPath() + "/big/small HTTP/1.1\r\nHost: a\r\n\r\n");
                ReceivedResponse response = other.receiveHead();
                // The length first: a failure does not print what is 200 MB.
                assertThat(response.field("Content-Length")).isEqualTo("5");
                assertThat(other.receiveBody(response).text()).isEqualTo("small");
            }
        }
        assertThat(Status.of(weir).inFlight()).isPositive();
    }
}
