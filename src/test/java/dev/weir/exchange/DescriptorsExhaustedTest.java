package dev.weir.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other code in the process uses up the descriptors: Weir refuses, lives, and comes back. */
@Timeout(60)
class DescriptorsExhaustedTest {
    private static final int LIMIT = 256;
    private static final List<String> TEST_LIBRARIES = List.of(
            "/com/microsoft/playwright/",
            "/com/google/",
            "/io/grpc/",
            "/io/rest-assured/",
            "/org/apache/groovy/",
            "/org/apache/httpcomponents/",
            "/org/junit/",
            "/com/tngtech/");

    private final Origin origin = new Origin().answerAll(request -> Origin.ok("ok"));
    /** What it may come to open itself after its start, less than the reserve. */
    private static final int SPARE = 24;

    private Process process;
    private BufferedReader out;
    private int port;
    private int statusPort;
    private int itsOwn;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n \"$0\" && exec \"$@\"",
                        String.valueOf(LIMIT),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        DescriptorHog.class.getName(),
                        "--port",
                        "0",
                        "--route",
                        "/proxy=" + origin.uri(),
                        "--set",
                        "statusPort=0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = process.inputReader(UTF_8);
        String[] started = out.readLine().split(" ");
        port = Integer.parseInt(started[0]);
        statusPort = Integer.parseInt(started[2]);
        itsOwn = Integer.parseInt(started[1]) + SPARE;
    }

    /** Without what tests alone use: each jar that is looked into is a descriptor. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> TEST_LIBRARIES.stream().noneMatch(entry.replace(File.separatorChar, '/')::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
        origin.close();
    }

    private int hog(int files) throws IOException {
        process.getOutputStream().write((files + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
        return Integer.parseInt(out.readLine());
    }

    private static ReceivedResponse ask(Client client) {
        return client.send("GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n").receiveResponse();
    }

    private Client connect() {
        return Client.connect("127.0.0.1", port);
    }

    private String answer() {
        try (Client client = connect()) {
            ReceivedResponse response = ask(client);
            return response.status() + " " + response.text();
        }
    }

    @Test
    void whileTheReserveIsTouchedExchangesAreRefusedWithTheNumbers() throws IOException {
        assertThat(answer()).startsWith("200");
        int files = LIMIT - itsOwn;
        assertThat(hog(files)).isEqualTo(files);
        Awaitility.await()
                .untilAsserted(() -> assertThat(answer())
                        .startsWith("503 descriptors-low: ")
                        .contains(" of 256 descriptors are open", "kept in reserve", "weir.descriptorReserve"));
        hog(0);
        Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> answer().startsWith("200"));
    }

    @Test
    void thePagesOfTheStatusPortAnswerOutOfTheReserve() throws IOException {
        hog(hog(LIMIT) - 8);
        Awaitility.await().until(() -> {
            try (Client client = connect()) {
                client.send("GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n").patience(Duration.ofSeconds(1));
                return !client.awaitClosed() && client.receivedBytes() == 0;
            }
        });
        for (int i = 0; i < 3; i++) { // the first would be taken by an acceptor that was waiting for it already
            try (Client client = Client.connect("127.0.0.1", statusPort)) {
                client.send("GET /-/status.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                assertThat(client.receiveResponse().text()).contains("\"low\":true");
            }
        }
    }

    /** A few are free, so that accepting would succeed: that nobody is accepted is Weir's own doing. */
    @Test
    void whileLessThanHalfOfTheReserveIsFreeWhoComesWaits() throws IOException {
        assertThat(answer()).startsWith("200");
        hog(hog(LIMIT) - 8);
        // The next sample makes the acceptor wait; who comes before is refused.
        Awaitility.await().until(() -> {
            try (Client late = connect()) {
                late.send("GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n").patience(Duration.ofSeconds(1));
                return !late.awaitClosed() && late.receivedBytes() == 0;
            }
        });
        hog(0);
        Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> answer().startsWith("200"));
    }

    @Test
    void whenNoneIsLeftWhoIsConnectedIsRefusedAndWhoComesWaitsUntilSomeAreFree() throws IOException {
        try (Client connected = connect()) {
            assertThat(ask(connected).status()).isEqualTo(200);
            hog(LIMIT - itsOwn); // so that what a refusal takes is loaded when no file can be opened any more
            Awaitility.await().until(() -> answer().startsWith("503 descriptors-low"));
            hog(0);
            Awaitility.await().until(() -> answer().startsWith("200"));
        }
        try (Client connected = connect()) {
            assertThat(ask(connected).status()).isEqualTo(200);
            assertThat(hog(LIMIT)).isLessThan(LIMIT);
            Awaitility.await().pollDelay(Duration.ZERO).until(() -> {
                ReceivedResponse response = ask(connected);
                return response.status() == 503 && response.text().startsWith("descriptors-low");
            });
            try (Client taken = connect(); // by an acceptor that was waiting for it already
                    Client waiting = connect()) {
                taken.send("GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n");
                waiting.send("GET /proxy/ HTTP/1.1\r\nHost: h\r\n\r\n");
                waiting.patience(Duration.ofSeconds(1));
                assertThat(waiting.awaitClosed())
                        .as("accepted although none was left")
                        .isFalse();
                hog(0);
                waiting.patience(Duration.ofSeconds(10));
                assertThat(waiting.receiveResponse().status()).isIn(200, 503);
            }
            Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> answer().startsWith("200"));
        }
    }
}
