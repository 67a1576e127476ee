package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedResponse;
import dev.weir.wire.TcpRelay;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A Weir whose route leads back to itself over somebody who hides it: one request costs one upstream connection, and is
 * answered in less than a second. A route to a real upstream is used first, so that no class is loaded on that second.
 */
class RealLoopIT {
    private static final Duration BOUND = Duration.ofSeconds(1);

    private static Deployment looped(TcpRelay way, Origin warm) {
        return Deployment.of(RouteSpec.to("/loop", way.uri()), RouteSpec.to("/warm", warm.uri()))
                .fullyCompiled();
    }

    private static void assertOneRequestEndsInOneHop(RunningWeir weir, TcpRelay... hops) {
        warm(weir);
        try (Client client = Client.connect(weir.host(), weir.port())) {
            long start = System.nanoTime();
            ReceivedResponse answer = get(client, weir, "/loop" + weir.contextPath() + "/loop/a");
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(answer.status()).isEqualTo(508);
            assertThat(answer.field("Proxy-Status")).contains("proxy_loop_detected");
            assertThat(took).isLessThan(BOUND);
            assertThat(hops).allSatisfy(hop -> assertThat(hop.connections()).isEqualTo(1));
        }
    }

    private static void warm(RunningWeir weir) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            assertThat(get(client, weir, "/warm/a").text()).isEqualTo("warm");
        }
    }

    private static ReceivedResponse get(Client client, RunningWeir weir, String path) {
        return client.send("GET " + weir.contextPath() + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .receiveResponse();
    }

    private static Origin warm() {
        return new Origin().answerAll(request -> Origin.ok("warm"));
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void throughATcpRelay(Home home) {
        try (TcpRelay relay = new TcpRelay();
                Origin warm = warm();
                RunningWeir weir = home.start(looped(relay, warm))) {
            relay.to(weir.port());
            assertOneRequestEndsInOneHop(weir, relay);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void throughNginx(Home home) {
        Nginx.require();
        try (TcpRelay counter = new TcpRelay();
                Origin warm = warm();
                RunningWeir weir = home.start(looped(counter, warm));
                Nginx nginx = Nginx.before(weir.port())) {
            counter.to(nginx.port());
            assertOneRequestEndsInOneHop(weir, counter);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void throughASecondWeir(Home home) {
        try (TcpRelay there = new TcpRelay();
                TcpRelay back = new TcpRelay();
                Origin warm = warm();
                RunningWeir weir = home.start(looped(there, warm));
                RunningWeir second = Home.LAUNCHER.start(
                        Deployment.of(RouteSpec.to("/", back.uri()), RouteSpec.to("/warm", warm.uri()))
                                .fullyCompiled())) {
            there.to(second.port());
            back.to(weir.port());
            warm(second);
            assertOneRequestEndsInOneHop(weir, there, back);
        }
    }
}
