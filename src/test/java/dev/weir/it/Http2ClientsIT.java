package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.wire.Http2Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Origin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HTTP/2 clients as users have them, one and many. */
@Conforms(title = "HTTP/2: clients as users have them", to = "RFC 9113")
@FallsShort(
        in = {Home.JETTY, Home.TOMCAT_11, Home.TOMCAT_10_1},
        why = "TLS and HTTP/2 are the container's business")
class Http2ClientsIT {
    private static final int MAX_CLIENTS = 8;

    private static Origin origin;
    private static RunningWeir weir;

    @BeforeAll
    static void start() {
        assumeThat(ChosenHomes.all()).contains(Home.LAUNCHER);
        origin = new Origin().answerAll(request -> Origin.ok("x".repeat(1024)));
        weir = Home.LAUNCHER.start(Deployment.of(RouteSpec.to("/a", origin.uri()))
                .shared("maxClients", Integer.toString(MAX_CLIENTS))
                .shared("maxInFlight", "1000")
                .jvmArgs("-Xmx256m"));
    }

    @AfterAll
    static void stop() {
        if (weir != null) {
            weir.close();
            origin.close();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        Leaks.nothingIsHeld(weir);
    }

    private static Http2Client connect() {
        return Http2Client.connect(weir.host(), weir.port());
    }

    @Test
    void theJdksClientThatOffersAnUpgradeGetsHttp11() throws Exception {
        HttpResponse<String> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(HttpRequest.newBuilder(weir.uri("/a/")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.body()).hasSize(1024);
    }

    @Test
    void curlWithPriorKnowledgeIsAnswered() throws Exception {
        Curl.require();
        String url = weir.uri("/a/").toString();
        assertThat(run("curl", "-sS", "--http2-prior-knowledge", "-w", " %{http_version} %{http_code}", url))
                .endsWith("x 2 200");
        assertThat(run("curl", "-sS", "--http2-prior-knowledge", "-d", "body", "-w", " %{http_code}", url))
                .endsWith("x 200");
    }

    private static String run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException missing) {
            return "";
        }
    }

    @Test
    void hundredStreamsOnEachConnectionAreAnsweredTogetherAndLeaveNothing() {
        Awaitility.await().until(() -> descriptorsBesidePooled() < 60);
        int before = descriptorsBesidePooled();
        List<Http2Client> clients =
                IntStream.range(0, 4).mapToObj(i -> connect()).toList();
        for (int round = 0; round < 3; round++) {
            List<Http2Exchange> all = new ArrayList<>();
            clients.forEach(client -> IntStream.range(0, 100).forEach(i -> all.add(client.get("/a/" + i))));
            for (Http2Exchange exchange : all) {
                assertThat(exchange.receiveResponse().getStatus()).isEqualTo(200);
                assertThat(exchange.receiveBody()).hasSize(1024);
            }
        }
        clients.forEach(Http2Client::close);
        Awaitility.await().until(() -> descriptorsBesidePooled() <= before + 3);
    }

    private static int descriptorsBesidePooled() {
        return weir.openDescriptors() - Status.of(weir).idle();
    }

    @Test
    void whileItIsCrowdedABusyConnectionIsToldToGoAndAnIdleOneGivesWay() {
        List<Http2Client> clients = new ArrayList<>();
        Http2Client busy = connect();
        clients.add(busy);
        Http2Exchange held = busy.send("POST", "/a/", false);
        for (int i = 1; i < MAX_CLIENTS; i++) {
            clients.add(connect());
        }
        assertThat(busy.awaitGoAway().isGraceful()).isTrue();
        held.data("x", true);
        assertThat(held.receiveResponse().getStatus()).isEqualTo(200);
        assertThat(held.receiveBody()).hasSize(1024);
        try (Http2Client next = connect()) { // in the place of one that was idle
            assertThat(next.get("/a/").receiveResponse().getStatus()).isEqualTo(200);
        }
        clients.forEach(Http2Client::close);
    }
}
