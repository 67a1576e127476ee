package dev.weir.it;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.ReceivedRequest;
import dev.weir.wire.ReceivedResponse;
import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * What every class of the behaviour suite extends: its tests run once in each home, against the home's shared Weir with
 * the routes of {@link SuiteRoute}. After each test nothing is in flight, leased, queued or pooled, or the test fails.
 */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(ChosenHomes.class)
@ExtendWith(SharedWeirs.class)
abstract class BehaviourSuite {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Parameter
    Home home;

    private final List<Client> clients = new ArrayList<>();
    private RunningWeir weir;

    final void use(RunningWeir running) {
        weir = running;
    }

    /** What the tests of this class run against: the suite's usual deployment, or a copy of it that is changed. */
    Deployment deployment() {
        return SharedWeirs.deployment(home);
    }

    final Home home() {
        return home;
    }

    /** The home's Weir, shared with all other tests. */
    final RunningWeir weir() {
        return weir;
    }

    /** The route's upstream, without a connection and without answers. */
    static Origin origin(SuiteRoute route) {
        return route.origin();
    }

    /** The raw path of a route's resource as clients see it: context path, prefix and what follows. */
    final String path(SuiteRoute route, String rest) {
        return weir.contextPath() + route.prefix() + rest;
    }

    /** A new connection to Weir, closed when the test ends. */
    final Client client() {
        return client(0);
    }

    /** The same with a receive buffer of about so many bytes: a client that reads slowly. */
    final Client client(int receiveBufferBytes) {
        Client client = Client.connect(weir.host(), weir.port(), receiveBufferBytes)
                .inspected(response -> Refusals.assertExplained(response, home));
        clients.add(client);
        return client;
    }

    /** A GET without a body on a connection of its own; {@code fields} each end in CRLF. */
    final Client get(String rawTarget, String fields) {
        return client().send("GET " + rawTarget + " HTTP/1.1\r\nHost: " + authority() + "\r\n" + fields + "\r\n");
    }

    /** The head of a request, {@code METHOD} and raw target; each further field is a line without its end. */
    final String head(String methodAndTarget, String... fields) {
        StringBuilder head = new StringBuilder(methodAndTarget)
                .append(" HTTP/1.1\r\nHost: ")
                .append(authority())
                .append("\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** A GET of a route's {@code /a}, with these fields. */
    final String get(SuiteRoute route, String... fields) {
        return head("GET " + path(route, "/a"), fields);
    }

    /** Sends these bytes of a request, answers it with those of a response, and says what both ends received. */
    final Seen exchange(SuiteRoute route, String request, String answer) {
        AtomicReference<ReceivedRequest> received = new AtomicReference<>();
        route.origin().answerAll(arrived -> {
            received.set(arrived);
            return answer.getBytes(StandardCharsets.ISO_8859_1);
        });
        ReceivedResponse response = client().send(request).receiveResponse(request.startsWith("HEAD "));
        return new Seen(received.get(), response);
    }

    /** The same with a short 200. */
    final Seen exchange(SuiteRoute route, String request) {
        return exchange(route, request, OK);
    }

    /** What clients put into {@code Host}. */
    final String authority() {
        return weir.host() + ":" + weir.port();
    }

    /** REST Assured, at the application's root; follows no redirect and leaves the URL alone. */
    final RequestSpecification http() {
        return RestAssured.given()
                .config(RestAssuredConfig.config()
                        .redirect(RedirectConfig.redirectConfig().followRedirects(false)))
                .urlEncodingEnabled(false)
                .baseUri("http://" + authority() + weir.contextPath());
    }

    @AfterEach
    final void closeClients() {
        clients.forEach(Client::close);
    }
}
