package dev.weir.vitals;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each outcome means, where to look and what to change: {@code docs/outcomes.md}, whole, or the entry of one outcome,
 * which is where refusals point to.
 */
final class OutcomePages implements Page {
    private static final String ENTRY = "### ";

    private final String whole;
    private final Map<String, String> entries = new LinkedHashMap<>();

    /** Reads them. */
    OutcomePages() {
        whole = new String(Assets.bytes("page/outcomes.md"), StandardCharsets.UTF_8);
        for (String part : whole.split("(?m)^(?=##? |### )")) {
            if (part.startsWith(ENTRY)) {
                String label = part.substring(ENTRY.length(), part.indexOf('\n'));
                entries.put(label, part.strip() + "\n");
            }
        }
    }

    @Override
    public Optional<Content> content(HttpServletRequest request, String rest) {
        String text = rest.isEmpty() ? whole : entries.get(rest);
        return Optional.ofNullable(text).map(known -> Content.of(Content.TEXT, known));
    }
}
