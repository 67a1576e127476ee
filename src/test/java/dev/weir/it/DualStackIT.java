package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upstreams with a name, of which one address or another answers. The launcher alone: it is the only home in which the
 * JVM's own cache of names is off, and a hosts file of the test's own says what the names are.
 */
class DualStackIT {
    private static final String NAME = "upstream.test";

    @TempDir
    private Path folder;

    private Path hosts() {
        return folder.resolve("hosts");
    }

    /** Replaces the records of the name, all at once. */
    private void record(String... addresses) {
        StringBuilder lines = new StringBuilder();
        for (String address : addresses) {
            lines.append(address).append(' ').append(NAME).append('\n');
        }
        try {
            Path written = Files.writeString(folder.resolve("written"), lines);
            Files.move(written, hosts(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RunningWeir weir(int port) {
        return Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/a", URI.create("http://" + NAME + ":" + port)))
                .shared("resolveTtl", "1s")
                .jvmArgs("-Djdk.net.hosts.file=" + hosts())
                .fullyCompiled());
    }

    private static ReceivedResponse get(RunningWeir weir) {
        return get(weir, "/a/");
    }

    private static ReceivedResponse get(RunningWeir weir, String path) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return client.receiveResponse();
        }
    }

    private static String ask(Client client) {
        return client.send("GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .receiveResponse()
                .text();
    }

    /** Every request gets a connection of its own. */
    private static byte[] closing(String body) {
        return ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Duration time(Runnable something) {
        long begin = System.nanoTime();
        something.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void aChangedRecordIsFollowedWithinItsTimeUnderLoad() throws InterruptedException {
        try (Origin before = new Origin();
                Origin after = new Origin("127.0.0.2", before.port())) {
            before.answerAll(request -> closing("before"));
            after.answerAll(request -> closing("after"));
            record("127.0.0.1");
            AtomicBoolean over = new AtomicBoolean();
            Queue<String> answers = new ConcurrentLinkedQueue<>();
            try (RunningWeir weir = weir(before.port())) {
                List<Thread> load = IntStream.range(0, 4)
                        .mapToObj(i -> new Thread(() -> {
                            while (!over.get()) {
                                answers.add(get(weir).text());
                            }
                        }))
                        .toList();
                load.forEach(Thread::start);
                await().until(() -> answers.size() > 200);
                assertThat(answers).containsOnly("before");
                record("127.0.0.2");
                Duration followed = time(() -> await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> after.connections() > 0));
                // A second of TTL, and what a busy machine takes.
                assertThat(followed).isLessThan(Duration.ofMillis(2_000));
                int known = before.connections();
                await().until(() -> after.connections() > 200);
                over.set(true);
                for (Thread thread : load) {
                    thread.join();
                }
                // Those being opened at that moment may still arrive at the old one.
                assertThat(before.connections()).isLessThanOrEqualTo(known + load.size());
                assertThat(answers).containsOnly("before", "after");
            }
        }
    }

    @Test
    void pooledConnectionsToAnAddressThatIsNoMoreOfItsNameGoWithinItsTime() {
        try (Origin before = new Origin();
                Origin after = new Origin("127.0.0.2", before.port())) {
            before.answerAll(request -> Origin.ok("before"));
            after.answerAll(request -> Origin.ok("after"));
            record("127.0.0.1");
            try (RunningWeir weir = weir(before.port());
                    Client client = Client.connect(weir.host(), weir.port())) {
                assertThat(ask(client)).isEqualTo("before");
                record("127.0.0.2");
                Duration followed = time(() -> await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> ask(client).equals("after")));
                assertThat(followed).isLessThan(Duration.ofMillis(2_000));
                await().until(() -> before.open() == 0);
                // And without any request: what idles at an address goes as well.
                record("127.0.0.1");
                await().atMost(Duration.ofSeconds(3)).until(() -> after.open() == 0);
            }
        }
    }

    @Test
    void anAddressThatHangsIsNotWaitedOutAndTriedFirstNoMore() {
        try (Saturated hanging = new Saturated();
                Origin second = new Origin("127.0.0.2", hanging.port())) {
            second.answerAll(request -> closing("second"));
            record("127.0.0.1", "127.0.0.2");
            try (RunningWeir weir = weir(hanging.port())) {
                // connectTimeout is 10 s.
                assertThat(time(() -> assertThat(get(weir).text()).isEqualTo("second")))
                        .isBetween(Duration.ofMillis(250), Duration.ofSeconds(3));
                await().atMost(Duration.ofSeconds(3)).until(() -> connecting(hanging.port()) == 0);
                assertThat(time(() -> assertThat(get(weir).text()).isEqualTo("second")))
                        .isLessThan(Duration.ofMillis(250));
            }
        }
    }

    @Test
    void anAddressThatRefusesIsPassedOverAtOnce() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress("127.0.0.1", 0));
            try (Origin second = new Origin("127.0.0.2", deaf.getLocalPort())) {
                second.answerAll(request -> closing("second"));
                record("127.0.0.1", "127.0.0.2");
                try (RunningWeir weir = weir(deaf.getLocalPort())) {
                    assertThat(time(() -> assertThat(get(weir).text()).isEqualTo("second")))
                            .isLessThan(Duration.ofSeconds(3));
                }
            }
        }
    }

    @Test
    void whereEveryAddressRefusesItIsSaidAtOnce() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress("127.0.0.1", 0));
            record("127.0.0.1", "127.0.0.2");
            try (RunningWeir weir = weir(deaf.getLocalPort())) {
                Refusals.assertRefused(get(weir), 502, "connect-refused", "connection_refused");
            }
        }
    }

    @Test
    void aConnectThatTimesOutLetsGoOfItsDescriptor() {
        try (Saturated hanging = new Saturated()) {
            Deployment deployment = Deployment.of(RouteSpec.to("/a", URI.create("http://127.0.0.1:" + hanging.port())))
                    .shared("connectTimeout", "500ms");
            try (RunningWeir weir = Home.LAUNCHER.start(deployment)) {
                Refusals.assertRefused(get(weir), 504, "connect-timeout", "connection_timeout");
                await().atMost(Duration.ofSeconds(1)).until(() -> connecting(hanging.port()) == 0);
            }
        }
    }

    @Test
    void aLookUpThatHangsIsADnsTimeoutAndOtherRoutesGoOn() throws IOException, InterruptedException {
        // Who opens a pipe for reading waits for somebody who opens it for writing.
        assertThat(new ProcessBuilder("mkfifo", hosts().toString()).start().waitFor())
                .isZero();
        try (Origin other = new Origin()) {
            other.answerAll(request -> closing("other"));
            Deployment deployment = Deployment.of(
                            RouteSpec.to("/a", URI.create("http://" + NAME)), RouteSpec.to("/other", other.uri()))
                    .shared("resolveTimeout", "1s")
                    .jvmArgs("-Djdk.net.hosts.file=" + hosts())
                    .fullyCompiled();
            try (RunningWeir weir = Home.LAUNCHER.start(deployment)) {
                for (int hanging = 0; hanging < 40; hanging++) {
                    CompletableFuture.runAsync(() -> get(weir));
                }
                assertThat(get(weir, "/other/").text()).isEqualTo("other");
                Refusals.assertRefused(get(weir), 504, "dns-timeout", "dns_timeout");
                assertThat(get(weir).text()).contains("does not resolve in 1000 ms; 1 of 2 look-ups hang");
            }
        }
    }

    /** Sockets of this machine that wait for an answer from the port: state 02 is SYN_SENT. */
    private static long connecting(int port) throws IOException {
        String end = ":%04X 02".formatted(port);
        long count = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            count += Files.readAllLines(Path.of(table)).stream()
                    .filter(line -> line.contains(end))
                    .count();
        }
        return count;
    }
}
