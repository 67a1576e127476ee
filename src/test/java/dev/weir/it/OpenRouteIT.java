package dev.weir.it;

import static dev.weir.it.SuiteRoute.APP;
import static dev.weir.it.SuiteRoute.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes whose destination comes from the path, under {@code allow} and {@code deny}. */
@Conforms(
        title = "Destinations from the path",
        to = "RFC 9209 §2.3.5; peers: no allow-list (smiley URITemplateProxyServlet)")
class OpenRouteIT extends BehaviourSuite {
    /** What the names of these tests resolve to. */
    private static final Path HOSTS = hosts("127.0.0.1 acme.apps.test self.apps.test", "10.255.255.1 inner.test");

    private static Path hosts(String... lines) {
        try {
            Path file = Files.createTempFile("hosts", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Deployment deployment() {
        String allow = "*.apps.test, inner.test, 127.0.0.1";
        String template = "http://{tenant}.apps.test:" + origin(PLAIN).port() + "/base";
        return RecommendedConnector.of(
                home(),
                Deployment.of(
                                RouteSpec.to("/plain", origin(PLAIN).uri()),
                                new RouteSpec(
                                        "fetch",
                                        "/fetch",
                                        "{scheme}://{authority}",
                                        Map.of(
                                                "allow",
                                                allow,
                                                "deny",
                                                "127.0.0.1:" + origin(APP).port())),
                                new RouteSpec("apps", "/apps", template, Map.of("allow", allow)),
                                new RouteSpec("shut", "/shut", "{scheme}://{authority}", Map.of()))
                        .jvmArgs("-Djdk.net.hosts.file=" + HOSTS));
    }

    private ReceivedResponse get(String rest) {
        return get(weir().contextPath() + rest, "Cookie: ours=1\r\n").receiveResponse();
    }

    private ReceivedRequest received(String rest) {
        AtomicReference<ReceivedRequest> seen = new AtomicReference<>();
        origin(PLAIN).answerAll(request -> {
            seen.set(request);
            return OK.getBytes(StandardCharsets.ISO_8859_1);
        });
        assertThat(get(rest).status()).isEqualTo(200);
        return seen.get();
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb/../c;v=1?d=e, /a%2Fb/../c;v=1?d=e",
        "//a//, //a//",
        "'', /",
        "?x, /?x",
        "/https/example.org/a, /https/example.org/a"
    })
    void thePathNamesTheDestinationAndTheRestGoesOutAsItCame(String rest, String target) {
        ReceivedRequest upstream = received("/fetch/http/" + PLAIN.authority() + rest);
        assertThat(upstream.target()).isEqualTo(target);
        assertThat(upstream.field("Host")).isEqualTo(PLAIN.authority());
    }

    @Test
    void aTemplateTakesALabelOfTheHost() {
        ReceivedRequest upstream = received("/apps/acme/x?y");
        assertThat(upstream.target()).isEqualTo("/base/x?y");
        assertThat(upstream.field("Host"))
                .isEqualTo("acme.apps.test:" + origin(PLAIN).port());
    }

    @Test
    void noCookiePassesForToABrowserAllDestinationsAreOneHost() {
        assertThat(received("/fetch/http/" + PLAIN.authority() + "/a").field("Cookie"))
                .isNull();
        origin(PLAIN)
                .answerAll(request -> bytes("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n"));
        assertThat(get("/fetch/http/" + PLAIN.authority() + "/a").field("Set-Cookie"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/login?x, FETCH/login?x",
        "http://UP/login, FETCH/login",
        "http://UP, FETCH/",
        "rel/x, rel/x",
        "http://elsewhere.test/a?b#c, ROUTE/http/elsewhere.test/a?b#c",
        "https://UP/a, ROUTE/https/UP/a",
        "http://elsewhere.test/a/../../b, http://elsewhere.test/a/../../b",
        "http://u@elsewhere.test/a, http://u@elsewhere.test/a",
        "ftp://elsewhere.test/a, ftp://elsewhere.test/a"
    })
    void whatNamesTheDestinationIsMappedBackBehindItsPath(String sent, String received) {
        String fetch = "/fetch/http/" + PLAIN.authority();
        String location = sent.replace("UP", PLAIN.authority());
        origin(PLAIN)
                .answerAll(request ->
                        bytes("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"));
        assertThat(get(fetch + "/a").field("Location"))
                .isEqualTo(received.replace("FETCH", weir().contextPath() + fetch)
                        .replace("ROUTE", weir().contextPath() + "/fetch")
                        .replace("UP", PLAIN.authority()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "/fetch/http/10.0.0.1/a",
        "/fetch/http/example.org/a",
        "/fetch/http/apps.test/a",
        "/fetch/http/[::ffff:10.0.0.1]/a",
        "/fetch/http/[64:ff9b::a00:1]/a",
        "/fetch/http/[::1]:DENIED/a",
        "/fetch/http/127.0.0.1:DENIED/a",
        "/shut/http/127.0.0.1:OPEN/a"
    })
    void aDestinationThatIsNotListedIsRefusedBeforeItIsLookedUp(String path) {
        int before = origin(APP).connections() + origin(PLAIN).connections();
        ReceivedResponse answer = get(path.replace("DENIED", "" + origin(APP).port())
                .replace("OPEN", "" + origin(PLAIN).port()));
        Refusals.assertRefused(answer, 403, "denied", "http_request_denied");
        assertThat(origin(APP).connections() + origin(PLAIN).connections()).isEqualTo(before);
    }

    @Test
    void aNameThatLeadsToAPrivateAddressIsRefusedAndTheAddressIsNotTold() {
        ReceivedResponse answer = get("/fetch/http/inner.test/a");
        Refusals.assertRefused(answer, 403, "denied", "destination_ip_prohibited");
        assertThat(answer.text()).contains("inner.test", "allow").doesNotContain("10.255");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fetch/http/2130706433/a",
                "/fetch/http/0x7f.0.0.1/a",
                "/fetch/http/0177.0.0.1/a",
                "/fetch/http/127.1/a",
                "/fetch/ftp/127.0.0.1/a",
                "/fetch/http/user@127.0.0.1/a",
                "/fetch/http/127.0.0.1:0/a",
                "/fetch/http",
                "/fetch/http/",
                "/fetch/",
                "/apps/a.b/x",
                "/apps/a@b/x"
            })
    void whatNamesNoDestinationIsABadTarget(String path) {
        Refusals.assertRefused(get(path), 400, "bad-target", "http_request_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "self.apps.test", "0.0.0.0"})
    void ourOwnListenerIsNoDestination(String self) {
        ReceivedResponse answer =
                get("/fetch/http/" + self + ":" + weir().port() + weir().contextPath() + "/-/status.json");
        if (answer.status() == 403) { // a home that is bound to one address has no listener at the others
            Refusals.assertRefused(answer, 403, "denied", "http_request_denied");
            assertThat(self).isEqualTo("127.0.0.2");
        } else {
            Refusals.assertRefused(answer, 508, "loop", "proxy_loop_detected");
        }
    }

    @Test
    void noConnectionOfAnotherRouteIsUsed() {
        origin(PLAIN).answerAll(request -> Origin.ok("ok"));
        int before = origin(PLAIN).connections();
        Client client = client();
        for (String path : new String[] {"/plain/a", "/fetch/http/" + PLAIN.authority() + "/a", "/plain/a"}) {
            client.send(head("GET " + weir().contextPath() + path));
            assertThat(client.receiveResponse().text()).isEqualTo("ok");
        }
        assertThat(origin(PLAIN).connections()).isEqualTo(before + 2);
    }
}
