package dev.weir.it;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
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
    @Parameter
    Home home;

    private final List<Client> clients = new ArrayList<>();
    private RunningWeir weir;

    final void use(RunningWeir running) {
        weir = running;
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
        Client client = Client.connect(weir.host(), weir.port(), receiveBufferBytes);
        clients.add(client);
        return client;
    }

    /** A GET without a body on a connection of its own; {@code fields} each end in CRLF. */
    final Client get(String rawTarget, String fields) {
        return client().send("GET " + rawTarget + " HTTP/1.1\r\nHost: " + authority() + "\r\n" + fields + "\r\n");
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
