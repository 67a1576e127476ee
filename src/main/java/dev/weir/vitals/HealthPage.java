package dev.weir.vitals;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a cluster's probes ask: {@code health/live} says that the process answers, {@code health/ready} whether it should
 * get requests. One word each, for anyone: 200, or 503 with the outcome that a request would have.
 */
final class HealthPage implements Page {
    private final Readiness readiness;

    HealthPage(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public Optional<Content> content(HttpServletRequest request, String rest) {
        return switch (rest) {
            case "live" -> Optional.of(word(HttpServletResponse.SC_OK, "live"));
            case "ready" ->
                Optional.of(readiness
                        .unready()
                        .map(outcome -> word(HttpServletResponse.SC_SERVICE_UNAVAILABLE, outcome.label()))
                        .orElseGet(() -> word(HttpServletResponse.SC_OK, "ready")));
            default -> Optional.empty();
        };
    }

    private static Content word(int status, String word) {
        return new Content(status, Content.TEXT, (word + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
