package dev.weir.vitals;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code traceparent} field says (W3C Trace Context §3.2).
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits: the caller's part of the trace
 */
record TraceParent(String traceId, String spanId) {
    /** Later versions may append more, behind a dash. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    /** Empty where it is none, or not well-formed. */
    static Optional<TraceParent> of(String field) {
        if (field == null) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(field);
        boolean valid =
                parts.matches() && (parts.group(4) == null || !parts.group(1).equals("00"));
        return valid ? Optional.of(new TraceParent(parts.group(2), parts.group(3))) : Optional.empty();
    }
}
