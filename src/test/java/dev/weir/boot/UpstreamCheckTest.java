package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Configuration;
import dev.weir.config.Sources;
import dev.weir.config.UpstreamUrl;
import dev.weir.config.Values;
import dev.weir.wire.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code --check} says of a name; on this machine no name need have several addresses, or a slow resolver. */
@Timeout(20)
class UpstreamCheckTest {
    private static Values shared(Map<String, String> settings) {
        return Configuration.read(new Sources(settings, Map.of(), Map.of(), Map.of(), List.of()))
                .shared();
    }

    private static List<Finding> findings(int port, Map<String, String> settings, UpstreamCheck.Lookup lookup) {
        TlsCheck tls = new TlsCheck(new SslContextFactory.Client(), Duration.ofSeconds(1), Instant.EPOCH);
        try (UpstreamCheck check = new UpstreamCheck(shared(settings), tls, lookup)) {
            return check.findings(UpstreamUrl.parse("http://a.test:" + port), false);
        }
    }

    private static InetAddress[] both() throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName("127.0.0.3"), InetAddress.getByName("127.0.0.2")};
    }

    @Test
    void everyAddressIsTriedAndOneThatAnswersIsEnough() {
        try (Origin origin = new Origin("127.0.0.2", 0)) {
            assertThat(findings(origin.port(), Map.of(), host -> both()))
                    .extracting(Finding::toString)
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("warning: 127.0.0.3 port " + origin.port() + " cannot be reached: ")
                                    .endsWith("; exchanges go to the others"),
                            second -> assertThat(second)
                                    .startsWith("good: connected to 127.0.0.2 port " + origin.port() + " in "));
        }
    }

    @Test
    void whereNoneAnswersEachIsAProblem() {
        int closed;
        try (Origin gone = new Origin("127.0.0.2", 0)) {
            closed = gone.port();
        }
        assertThat(findings(closed, Map.of(), host -> both()))
                .extracting(Finding::grade)
                .containsExactly(Finding.Grade.PROBLEM, Finding.Grade.PROBLEM);
    }

    @Test
    void aResolverThatHangsIsNotWaitedForTooLong() {
        CountDownLatch never = new CountDownLatch(1);
        List<Finding> findings = findings(1, Map.of("resolveTimeout", "200ms"), host -> {
            try {
                never.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });
        assertThat(findings)
                .containsExactly(
                        Finding.problem("the name a.test did not resolve within 200 ms (weir.resolveTimeout)"));
    }
}
