package dev.weir.it;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;

/**
 * What {@code status.json} of a running Weir says at one moment.
 *
 * @param idle pooled connections, of all destinations together
 */
public record Status(int inFlight, int leased, int queued, int opening, int idle, JsonPath json) {
    public static Status of(RunningWeir weir) {
        JsonPath json = RestAssured.get(weir.uri("/-/status.json"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return new Status(
                json.getInt("inFlight"),
                json.getInt("leased"),
                json.getInt("queued"),
                sum(json, "opening"),
                sum(json, "idle"),
                json);
    }

    private static int sum(JsonPath json, String column) {
        List<Integer> counts = json.getList("destinations." + column, Integer.class);
        return counts.stream().mapToInt(Integer::intValue).sum();
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
