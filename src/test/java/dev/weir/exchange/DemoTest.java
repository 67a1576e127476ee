package dev.weir.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.RunningLauncher;
import dev.weir.boot.StartFailedException;
import dev.weir.wire.Client;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTest {
    private RunningLauncher launcher;

    @BeforeEach
    void start() throws StartFailedException {
        launcher = Launcher.start(Options.of("--demo", "--port", "0"));
    }

    @AfterEach
    void stop() {
        Awaitility.await().until(() -> launcher.inFlight() == 0);
        launcher.close();
    }

    private URI uri(String name) {
        return launcher.uri().resolve("/proxy/" + name);
    }

    @Test
    void thePageLinksTheOthersByRelativeLinks() {
        given().get(uri(""))
                .then()
                .statusCode(200)
                .contentType("text/html;charset=utf-8")
                .body(containsString("href=\"big\""))
                .body(containsString("href=\"echo\""))
                .body(containsString("href=\"events\""))
                .body(containsString("new EventSource(\"events\")"));
    }

    @Test
    void theBigFileHas100MiB() throws IOException {
        try (InputStream file = uri("big").toURL().openStream()) {
            byte[] part = new byte[1 << 16];
            long bytes = 0;
            for (int read = file.read(part); read >= 0; read = file.read(part)) {
                bytes += read;
            }
            assertThat(bytes).isEqualTo(100L << 20);
        }
    }

    @Test
    void theEchoOfTenMegabytesIsIdentical() {
        byte[] sent = new byte[10_000_000];
        new Random(1).nextBytes(sent);
        byte[] received = given().contentType("application/x-test")
                .body(sent)
                .post(uri("echo?q=1"))
                .then()
                .statusCode(200)
                .header("Echo-Method", "POST")
                .header("Echo-Target", "/echo?q=1")
                .contentType("application/x-test")
                .extract()
                .asByteArray();
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void theEchoOfARequestWithoutBodyIsItsHead() {
        given().header("X-Mine", "yes")
                .get(uri("echo"))
                .then()
                .header("Echo-X-Mine", "yes")
                .body(containsString("GET /echo\n"))
                .body(containsString("X-Mine: yes\n"));
    }

    @Test
    void theFirstEventArrivesBeforeTheSecondIsSent() {
        try (Client client = Client.connect("127.0.0.1", launcher.uri().getPort())) {
            client.send("GET /proxy/events HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.receiveHead().field("Content-Type")).isEqualTo("text/event-stream");
            String seen = new String(client.readSome(4096));
            assertThat(seen).contains("data: event 1 ").doesNotContain("event 2");
        }
    }

    @Test
    void anEventStreamDoesNotHoldUpADrain() {
        try (Client client = Client.connect("127.0.0.1", launcher.uri().getPort())) {
            client.send("GET /proxy/events HTTP/1.1\r\nHost: h\r\n\r\n");
            client.receiveHead();
            assertThat(launcher.drain()).isZero();
        }
    }
}
