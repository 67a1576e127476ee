package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Exchange;
import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an exchange costs the launcher in memory, all told: Jetty's server and client, and Weir between them. Its JVM stops at
 * the quick compiler, which spares no allocation, as all homes of the tests do.
 */
class AllocationIT {
    /** Measured: 11,824 with JDK 17. The rest is room for half a kilobyte. */
    private static final long MOST_BYTES = 12_400;

    private static final int WARM_UP = 500;
    private static final int COUNTED = 5000;

    private static final int CLIENTS = 40;
    private static final Duration LONGER_THAN_ANY_TIMER = Duration.ofMillis(2500);

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nDate: Mon, 03 Jun 2024 10:00:00 GMT\r\nServer: nginx\r\n"
            + "Content-Type: text/html; charset=utf-8\r\nContent-Length: 1024\r\nETag: \"665c4550-400\"\r\n\r\n"
            + "x".repeat(1024);

    private static void exchange(RunningWeir weir, Client client, int times) {
        for (int exchange = 0; exchange < times; exchange++) {
            client.send("GET " + weir.contextPath() + "/a/page.html?lang=en HTTP/1.1\r\nHost: localhost\r\n"
                    + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
                    + "Accept: text/html,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate\r\n\r\n");
            assertThat(client.receiveResponse().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "LAUNCHER")
    void anExchangeAllocatesNoMoreThanItDid(Home home) {
        byte[] answer = ANSWER.getBytes();
        try (Origin origin = new Origin().answerAll(request -> answer);
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/a", origin.uri())));
                MemoryProbe memory = new MemoryProbe(weir);
                Client client = Client.connect(weir.host(), weir.port())) {
            exchange(weir, client, WARM_UP);
            long before = memory.allocatedBytes();
            exchange(weir, client, COUNTED);
            long bytes = (memory.allocatedBytes() - before) / COUNTED;
            assertThat(bytes)
                    .as(
                            "Bytes that the launcher allocates for an exchange; MOST_BYTES allows %d. It is found as in"
                                    + " dev.weir.filter.AllocationTest, with the launcher's JVM started with"
                                    + " -XX:TieredStopAtLevel=1 as well, and the recording taken from it by jcmd PID JFR.dump. If"
                                    + " it is worth it, raise MOST_BYTES.",
                            MOST_BYTES)
                    .isLessThanOrEqualTo(MOST_BYTES);
        }
    }

    /** A timer that goes through the exchanges in flight must not be what keeps them: a thousand would outlive their end. */
    @ParameterizedTest
    @EnumSource(names = "LAUNCHER")
    void whatHasEndedIsNotKept(Home home) {
        try (SlowUpstream upstream = new SlowUpstream(SlowUpstream.after(100));
                RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/a", upstream.uri())));
                MemoryProbe memory = new MemoryProbe(weir)) {
            assertThat(new LoadClients(weir.uri("/a/x")).run(CLIENTS, LONGER_THAN_ANY_TIMER))
                    .containsOnlyKeys("200");
            assertThat(memory.instances(Exchange.class)).isLessThan(CLIENTS / 2);
        }
    }
}
