package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Ending;
import dev.weir.wire.ReceivedResponse;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.util.ajax.JSON;

/**
 * What {@code status.json} of a running Weir says at one moment.
 *
 * @param idle pooled connections, of all destinations together
 */
public record Status(int inFlight, int leased, int queued, int opening, int idle, JsonPath json) {
    /** Asks on a connection of its own, without REST Assured: asked after every test, it must not cost what that does. */
    public static Status of(RunningWeir weir) {
        String text = ask(weir);
        Map<?, ?> fields = (Map<?, ?>) new JSON().fromJSON(text);
        return new Status(
                number(fields, "inFlight"),
                number(fields, "leased"),
                number(fields, "queued"),
                sum(fields, "opening"),
                sum(fields, "idle"),
                new JsonPath(text));
    }

    private static String ask(RunningWeir weir) {
        URI uri = weir.uri("/-/status.json");
        ReceivedResponse response;
        try (Client client = Client.connect(uri.getHost(), uri.getPort())) {
            client.send("GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nConnection: close\r\n\r\n");
            response = client.receiveResponse();
        } catch (AssertionError unanswered) {
            // No assertion of the test's: who waits for one to hold must not try again.
            throw new IllegalStateException("asking for " + uri, unanswered);
        }
        assertThat(response.status()).as("%s", response).isEqualTo(200);
        assertThat(response.ending()).as("%s", response).isEqualTo(Ending.COMPLETE);
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static int number(Map<?, ?> fields, String name) {
        return ((Number) fields.get(name)).intValue();
    }

    private static int sum(Map<?, ?> fields, String column) {
        Object[] destinations = (Object[]) fields.get("destinations");
        return Stream.of(destinations)
                .mapToInt(row -> number((Map<?, ?>) row, column))
                .sum();
    }

    /** The row of one destination, {@code http://127.0.0.1:9000}; empty where it is not known. */
    public Map<String, Object> destination(String origin) {
        return json.<Map<String, Object>>getList("destinations").stream()
                .filter(row -> row.get("origin").equals(origin))
                .findFirst()
                .orElse(Map.of());
    }

    @Override
    public String toString() {
        return json.prettify();
    }
}
