package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whatever comes in at either end, the process lives, admits no fault of its own, and leaks nothing. */
@Conforms(title = "Garbage", to = "RFC 9112 §2.2, §11")
class GarbageIT extends BehaviourSuite {
    private static final SuiteRoute ROUTE = SuiteRoute.QUICK;

    /** At each end; the launcher, whose ends are all ours, gets the most of it. */
    private int inputs() {
        return home() == Home.LAUNCHER ? 5_000 : 1_000;
    }

    /** A few bytes of the message lost, doubled, changed or cut. */
    private static byte[] spoil(String message, long seed) {
        Random random = new Random(seed);
        StringBuilder spoilt = new StringBuilder(message);
        for (int times = 1 + random.nextInt(4); times > 0 && spoilt.length() > 0; times--) {
            int at = random.nextInt(spoilt.length());
            switch (random.nextInt(6)) {
                case 0 -> spoilt.deleteCharAt(at);
                case 1 -> spoilt.insert(at, spoilt.charAt(at));
                case 2 -> spoilt.setCharAt(at, (char) random.nextInt(256));
                case 3 -> spoilt.setLength(at);
                case 4 -> spoilt.insert(at, "\r\n");
                default -> spoilt.insert(at, spoilt.substring(random.nextInt(at + 1), at));
            }
        }
        return spoilt.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void garbageOfClients() {
        origin(ROUTE).answerAll(request -> Origin.ok("ok"));
        int logged = weir().log().length();
        for (long seed = 0; seed < inputs(); seed++) {
            String request =
                    (seed % 3 == 0 ? "GET " : "POST ") + path(ROUTE, "/a?b=c") + " HTTP/1.1\r\nHost: " + authority()
                            + "\r\nX-A: b\r\nConnection: close\r\n"
                            + switch ((int) (seed % 3)) {
                                case 0 -> "\r\n";
                                case 1 -> "Content-Length: 10\r\n\r\n0123456789";
                                default ->
                                    "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n7;a=b\r\n0123456\r\n0\r\nX-T: u\r\n\r\n";
                            };
            try (Client client = Client.connect(weir().host(), weir().port())) {
                client.send(spoil(request, seed)).finish();
                assertNoFault(seed, readAll(client, seed));
            }
        }
        assertStillWell(logged);
    }

    @Test
    void garbageOfUpstreams() {
        AtomicLong seeds = new AtomicLong();
        String[] responses = {
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nX-A: b\r\n\r\n0123456789",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n7;a=b\r\n0123456\r\n0\r\nX-T: u\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /b\r\nSet-Cookie: a=b; Path=/\r\n"
                    + "Content-Length: 0\r\n\r\n"
        };
        origin(ROUTE).answerBytes(request -> {
            long seed = seeds.getAndIncrement();
            return spoil(responses[(int) (seed % responses.length)], seed);
        });
        int logged = weir().log().length();
        for (long seed = 0; seed < inputs(); seed++) {
            try (Client client = Client.connect(weir().host(), weir().port())) {
                client.send(head("GET " + path(ROUTE, "/a"), "Connection: close"));
                assertNoFault(seed, readAll(client, seed));
            }
        }
        assertStillWell(logged);
    }

    private static String readAll(Client client, long seed) {
        client.patience(Duration.ofSeconds(5));
        StringBuilder all = new StringBuilder();
        try {
            for (byte[] some = client.readSome(65_536); some.length > 0; some = client.readSome(65_536)) {
                all.append(new String(some, StandardCharsets.ISO_8859_1));
            }
        } catch (AssertionError silence) {
            throw new AssertionError("seed " + seed + ": " + silence.getMessage() + " after " + all, silence);
        } catch (UncheckedIOException reset) {
            // An abort is an answer, too.
            return all.toString();
        }
        return all.toString();
    }

    private static void assertNoFault(long seed, String answer) {
        assertThat(answer)
                .as("seed %d", seed)
                .doesNotStartWith("HTTP/1.1 500")
                .doesNotContain("internal-error", "\tat ");
    }

    private void assertStillWell(int logged) {
        Leaks.none(weir());
        assertThat(weir().log().substring(logged))
                .doesNotContain("failed inside Weir", "SEVERE", "ERROR", "at dev.weir.");
        assertThat(exchange(ROUTE, get(ROUTE)).client().status()).isEqualTo(200);
    }
}
