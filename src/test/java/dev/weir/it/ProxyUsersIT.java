package dev.weir.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher's forward proxy with users: who is none of them gets nowhere, and what they say stays here. */
@Conforms(title = "Forward proxy: users", to = "RFC 9110 §11.7, RFC 7617")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "the launcher alone has it")
class ProxyUsersIT {
    private static final String PASSWORD = "open sesame";
    private static final String ANNE = "anne:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW\n";

    @TempDir
    private static Path folder;

    private static Path file;
    private static Origin origin;
    private static RunningWeir weir;

    @BeforeAll
    static void start() throws IOException {
        file = Files.writeString(folder.resolve("users"), ANNE);
        origin = new Origin();
        weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/plain", origin.uri()))
                .homeSetting("forward-proxy", "127.0.0.1")
                .shared("/-forward.proxyUsers", file.toString()));
    }

    @AfterAll
    static void stop() {
        weir.close();
        origin.close();
    }

    @AfterEach
    void nothingIsLeft() {
        origin.startOver();
        Leaks.none(weir);
        assertThat(weir.log()).doesNotContain(PASSWORD, basic("anne", PASSWORD), "hunter2");
    }

    private static String there() {
        return "127.0.0.1:" + origin.port();
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private static String get(String fields) {
        return "GET http://" + there() + "/a HTTP/1.1\r\nHost: " + there() + "\r\n" + fields + "\r\n";
    }

    private static ReceivedResponse send(String request) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            return client.send(request).receiveResponse();
        }
    }

    private static void assertAsked(ReceivedResponse answer) {
        Refusals.assertRefused(answer, 407, "proxy-auth", null);
        assertThat(answer.field("Proxy-Authenticate")).isEqualTo("Basic realm=\"weir\", charset=\"UTF-8\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Proxy-Authorization: Basic\r\n",
                "Proxy-Authorization: Basic %%%\r\n",
                "Proxy-Authorization: Basic YW5uZQ==\r\n", // anne
                "Proxy-Authorization: Basic YW5uZTpodW50ZXIy\r\n", // anne:hunter2
                "Proxy-Authorization: Basic bm9ib2R5Om9wZW4gc2VzYW1l\r\n", // nobody:open sesame
                "Proxy-Authorization: Digest username=anne\r\n",
                "Authorization: Basic YW5uZTpvcGVuIHNlc2FtZQ==\r\n", // meant for the server
                "Proxy-Authorization: Basic YW5uZTpvcGVuIHNlc2FtZQ==\r\nProxy-Authorization: Basic YTpi\r\n"
            })
    void whoIsNoUserIsAskedAndGetsNowhere(String fields) {
        int before = origin.connections();
        assertAsked(send(get(fields)));
        assertAsked(send("CONNECT " + there() + " HTTP/1.1\r\nHost: " + there() + "\r\n" + fields + "\r\n"));
        assertThat(origin.connections()).isEqualTo(before);
    }

    @Test
    void whoIsOneGetsThroughAndTheServerIsNotTold() {
        AtomicReference<ReceivedRequest> seen = new AtomicReference<>();
        origin.answerAll(request -> {
            seen.set(request);
            return Origin.ok("ok");
        });
        String fields = "Proxy-Authorization: basic " + basic("anne", PASSWORD) + "\r\nAuthorization: Bearer x\r\n";
        assertThat(send(get(fields)).text()).isEqualTo("ok");
        assertThat(seen.get().field("Proxy-Authorization")).isNull();
        assertThat(seen.get().field("Authorization")).isEqualTo("Bearer x");
    }

    @Test
    void otherRoutesAskNobody() {
        origin.answerAll(request -> Origin.ok("ok"));
        assertThat(send("GET /plain/a HTTP/1.1\r\nHost: a\r\n\r\n").text()).isEqualTo("ok");
    }

    @Test
    void curlSignsInForUrlsAndForTunnels() throws IOException, InterruptedException {
        Curl.require();
        origin.answerAll(request -> Origin.ok(request.target()));
        for (String how : new String[] {"-s", "-sp"}) {
            Process curl = new ProcessBuilder(
                            "curl",
                            how,
                            "-S",
                            "-U",
                            "anne:" + PASSWORD,
                            "-x",
                            "http://127.0.0.1:" + weir.port(),
                            "http://" + there() + "/a")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8)).isEqualTo("/a");
            assertThat(curl.waitFor()).isZero();
        }
    }

    @Test
    void aChangedFileCountsWithinSeconds() throws IOException {
        origin.answerAll(request -> Origin.ok("ok"));
        String anne = "Proxy-Authorization: Basic " + basic("anne", PASSWORD) + "\r\n";
        assertThat(send(get(anne)).status()).isEqualTo(200);
        Files.writeString(file, ANNE.replace("anne", "berta"));
        await().untilAsserted(() -> assertThat(send(get(anne)).status()).isEqualTo(407));
        Files.writeString(file, ANNE);
        await().untilAsserted(() -> assertThat(send(get(anne)).status()).isEqualTo(200));
    }
}
