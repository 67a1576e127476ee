package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.TcpRelay;
import dev.weir.wire.Tunnels;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** With {@code upstreamProxy} every upstream is reached through a tunnel, byte for byte as without; else none is. */
@Conforms(title = "Through another proxy", to = "RFC 9110 §9.3.6, RFC 1928")
class UpstreamProxyIT {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private static Deployment through(String proxy, Origin plain, Origin secured) {
        return Deployment.of(RouteSpec.to("/plain", plain.uri()), RouteSpec.to("/tls", secured.uri()))
                .shared("upstreamCa", SuiteCertificates.trusted().toString())
                .shared("upstreamProxy", proxy);
    }

    private static Origin answering(Origin origin) {
        return origin.answerAll(request -> Origin.ok(request.requestLine() + " " + request.field("Host")));
    }

    private static ReceivedResponse get(RunningWeir weir, String path) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            return client.send("GET " + weir.contextPath() + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .receiveResponse();
        }
    }

    private static void assertServed(RunningWeir weir, Origin plain, Origin secured) {
        for (int i = 0; i < 3; i++) {
            assertThat(get(weir, "/plain/a|b").text()).isEqualTo("GET /a|b HTTP/1.1 127.0.0.1:" + plain.port());
            assertThat(get(weir, "/tls/a").text()).isEqualTo("GET /a HTTP/1.1 127.0.0.1:" + secured.port());
            // The client has its answer a moment before the connection is back.
            await().until(() -> Status.of(weir).leased() == 0);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void everyUpstreamIsReachedByConnect(Home home) {
        try (Origin plain = answering(new Origin());
                Origin secured = answering(new Origin(SuiteCertificates.TRUSTED.context()));
                TcpRelay proxy = Tunnels.byConnect(asked);
                RunningWeir weir = home.start(
                        RecommendedConnector.of(home, through(proxy.uri().toString(), plain, secured)))) {
            assertServed(weir, plain, secured);
            assertThat(asked).hasSize(2).allMatch(head -> head.startsWith("CONNECT 127.0.0.1:"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void everyUpstreamIsReachedBySocks5(Home home) {
        try (Origin plain = answering(new Origin());
                Origin secured = answering(new Origin(SuiteCertificates.TRUSTED.context()));
                TcpRelay proxy = Tunnels.bySocks5(asked, 0);
                RunningWeir weir = home.start(RecommendedConnector.of(
                        home, through("socks5://" + proxy.uri().getAuthority(), plain, secured)))) {
            assertServed(weir, plain, secured);
            assertThat(asked).containsExactly("127.0.0.1:" + plain.port(), "127.0.0.1:" + secured.port());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void aProxyThatRefusesIsNamed(Home home) {
        try (Origin plain = answering(new Origin());
                Origin proxy = new Origin()
                        .answerAll(request -> asked.add(request.requestLine())
                                ? "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n".getBytes()
                                : null);
                RunningWeir weir = home.start(through(proxy.uri().toString(), plain, plain))) {
            ReceivedResponse answer = get(weir, "/plain/a");
            Refusals.assertRefused(answer, 502, "connect-refused", "connection_refused");
            assertThat(answer.text())
                    .contains(proxy.uri().toString(), "status 407", plain.uri().toString());
            assertThat(asked).containsExactly("CONNECT 127.0.0.1:" + plain.port() + " HTTP/1.1");
            assertThat(plain.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void aSocksProxyThatRefusesIsNamed(Home home) {
        try (Origin plain = answering(new Origin());
                TcpRelay proxy = Tunnels.bySocks5(asked, 2);
                RunningWeir weir = home.start(through("socks5://" + proxy.uri().getAuthority(), plain, plain))) {
            ReceivedResponse answer = get(weir, "/plain/a");
            Refusals.assertRefused(answer, 502, "connect-refused", "connection_refused");
            assertThat(answer.text()).contains("socks5://" + proxy.uri().getAuthority(), "not allowed");
            assertThat(plain.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void aProxyThatIsGoneIsNamedAndNotPassedBy(Home home) {
        String proxy = "http://" + SuiteRoute.DEAD.authority();
        try (Origin plain = answering(new Origin());
                RunningWeir weir = home.start(through(proxy, plain, plain))) {
            ReceivedResponse answer = get(weir, "/plain/a");
            Refusals.assertRefused(answer, 502, "connect-refused", "connection_refused");
            assertThat(answer.text()).contains(proxy);
            assertThat(plain.connections()).isZero();
        }
    }
}
