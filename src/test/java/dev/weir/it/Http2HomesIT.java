package dev.weir.it;

import static dev.weir.wire.Http2Exchange.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Http2Exchange;
import dev.weir.wire.Http2Origin;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.TcpRelay;
import dev.weir.wire.Tunnels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** HTTP/2 to upstreams from every home: what goes through, what does not speak it, and what of the budget it takes. */
@Conforms(title = "HTTP/2 upstreams in every home", to = "RFC 9113")
class Http2HomesIT {
    private static final String BODY = "x".repeat(200_000);

    private static Deployment deployment(RouteSpec... routes) {
        return Deployment.of(routes)
                .shared("upstreamCa", SuiteCertificates.trusted().toString());
    }

    private static Client send(RunningWeir weir, String request, String... fields) {
        String lines = String.join(
                "", List.of(fields).stream().map(field -> field + "\r\n").toList());
        String[] words = request.split(" ");
        return Client.connect(weir.host(), weir.port())
                .send(words[0] + " " + weir.contextPath() + words[1] + " HTTP/1.1\r\nHost: localhost\r\n" + lines
                        + "\r\n");
    }

    private static void goesThrough(RunningWeir weir, String path, Http2Origin origin) {
        try (Client client = send(weir, "POST " + path, "Content-Length: " + BODY.length(), "TE: trailers")
                .send(BODY)) {
            Http2Exchange upstream = origin.accept();
            assertThat(values(upstream.receiveRequest(), "te")).containsExactly("trailers");
            assertThat(upstream.receiveBody()).isEqualTo(BODY);
            upstream.respond(200, false).data(BODY, false).trailers("x-end", "1");
            ReceivedResponse response = client.receiveResponse();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo(BODY);
            assertThat(response.trailers()).containsExactly(Map.entry("x-end", "1"));
        }
    }

    private static void crowdSharesASocket(RunningWeir weir, Http2Origin origin) {
        int opened = origin.opened();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(send(weir, "GET /clear/" + i));
        }
        List<Http2Exchange> upstreams = new ArrayList<>();
        clients.forEach(client -> upstreams.add(origin.accept()));
        upstreams.forEach(upstream -> upstream.respond(200, false).data("ok", true));
        clients.forEach(client -> assertThat(client.receiveResponse().text()).isEqualTo("ok"));
        clients.forEach(Client::close);
        assertThat(origin.opened()).isEqualTo(opened);
    }

    private static void bothEndsMayLeave(RunningWeir weir, Http2Origin origin) {
        try (Client client = send(weir, "GET /clear/")) {
            Http2Exchange upstream = origin.accept().respond(200, false).data("begun", false);
            ReceivedResponse head = client.receiveHead();
            upstream.cancel();
            assertThat(client.receiveBody(head).ending()).isEqualTo(dev.weir.wire.Ending.ABORTED);
        }
        Client client = send(weir, "GET /clear/");
        Http2Exchange upstream = origin.accept().respond(200, false).data("begun", false);
        client.receiveHead();
        client.close();
        Awaitility.await().until(() -> {
            upstream.offer(new byte[1000], false);
            return upstream.isReset();
        });
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void messagesGoThroughFromEveryHome(Home home) {
        try (Http2Origin clear = Http2Origin.clear();
                Http2Origin secure = Http2Origin.secure(SuiteCertificates.TRUSTED.context());
                RunningWeir weir = home.start(RecommendedConnector.of(
                        home, deployment(RouteSpec.to("/clear", clear.uri()), RouteSpec.to("/tls", secure.uri()))))) {
            goesThrough(weir, "/clear/", clear);
            goesThrough(weir, "/tls/", secure);
            crowdSharesASocket(weir, clear);
            bothEndsMayLeave(weir, clear);
            Leaks.nothingIsHeld(weir);
        }
    }

    /** Says in time that the upstream does not speak HTTP/2, which does what is said when it has a connection. */
    private static void isNotHttp2(RunningWeir weir, String path, Origin origin, Consumer<OriginConnection> does) {
        try (Client client = send(weir, "POST " + path, "Content-Length: 2").send("hi")) {
            does.accept(origin.accept());
            saysSo(client.receiveResponse());
        }
    }

    /** Speaks TLS, and says by an alert that it has no protocol but HTTP/1.1 (RFC 7301 §3.2). */
    private static SSLServerSocket refusingByAlpn() throws IOException {
        SSLServerSocket listener = (SSLServerSocket) SuiteCertificates.TRUSTED
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        listener.setSSLParameters(parameters);
        CompletableFuture.runAsync(() -> {
            try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                accepted.startHandshake();
            } catch (IOException refused) {
                // As it is meant to be.
            }
        });
        return listener;
    }

    private static void saysSo(ReceivedResponse refusal) {
        assertThat(refusal.status()).isEqualTo(502);
        assertThat(refusal.field("Proxy-Status")).contains("not-http2").contains("http_protocol_error");
        assertThat(refusal.text()).contains("does not speak HTTP/2");
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anUpstreamThatDoesNotSpeakItIsSaidSoAtOnce(Home home) throws IOException {
        try (Origin plain = new Origin();
                Origin secured = new Origin(SuiteCertificates.TRUSTED.context());
                SSLServerSocket refusing = refusingByAlpn();
                RunningWeir weir = home.start(deployment(
                                RouteSpec.to("/refusing", URI.create("h2://127.0.0.1:" + refusing.getLocalPort())),
                                RouteSpec.to("/clear", URI.create("h2c://127.0.0.1:" + plain.port())),
                                RouteSpec.to("/tls", URI.create("h2://127.0.0.1:" + secured.port())))
                        .shared("tlsHandshakeTimeout", "3s"))) {
            isNotHttp2(weir, "/clear/", plain, upstream -> upstream.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
            isNotHttp2(weir, "/clear/", plain, upstream -> upstream.close());
            isNotHttp2(weir, "/clear/", plain, upstream -> {}); // until tlsHandshakeTimeout
            isNotHttp2(weir, "/tls/", secured, upstream -> upstream.readSome(1)); // without ALPN
            try (Client client = send(weir, "GET /refusing/")) {
                saysSo(client.receiveResponse());
            }
            Leaks.nothingIsHeld(weir);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anUpstreamProxyTunnelsIt(Home home) {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (Http2Origin clear = Http2Origin.clear();
                Http2Origin secure = Http2Origin.secure(SuiteCertificates.TRUSTED.context());
                TcpRelay proxy = Tunnels.byConnect(asked);
                RunningWeir weir = home.start(RecommendedConnector.of(
                        home,
                        deployment(RouteSpec.to("/clear", clear.uri()), RouteSpec.to("/tls", secure.uri()))
                                .shared("upstreamProxy", proxy.uri().toString())))) {
            goesThrough(weir, "/clear/", clear);
            goesThrough(weir, "/tls/", secure);
            crowdSharesASocket(weir, clear);
            assertThat(asked).hasSize(2).allMatch(head -> head.startsWith("CONNECT 127.0.0.1:"));
            Leaks.nothingIsHeld(weir);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void anIdleOneMakesRoomForAnotherDestination(Home home) {
        try (Http2Origin clear = Http2Origin.clear();
                Origin other = new Origin().answerAll(request -> Origin.ok("other"));
                RunningWeir weir =
                        home.start(deployment(RouteSpec.to("/clear", clear.uri()), RouteSpec.to("/other", other.uri()))
                                .shared("connectionBudget", "1"))) {
            for (int round = 0; round < 3; round++) {
                try (Client client = send(weir, "GET /clear/")) {
                    clear.accept().respond(204, true);
                    assertThat(client.receiveResponse().status()).isEqualTo(204);
                }
                try (Client client = send(weir, "GET /other/")) {
                    assertThat(client.receiveResponse().text()).isEqualTo("other");
                }
            }
            assertThat(clear.opened()).isEqualTo(3);
        }
    }
}
