package dev.weir.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * Trailer fields on their way through (RFC 9110 §6.5): what a recipient could not act on so late, or would be misled by,
 * stays behind.
 */
public final class Trailers {
    /** RFC 9110 §6.5.1: framing, routing, request modifiers, authentication, and how to read the content. */
    private static final Set<String> LEFT_BEHIND = Set.of(
            "age",
            "authorization",
            "cache-control",
            "cdn-loop",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "expect",
            "expires",
            "forwarded",
            "host",
            "keep-alive",
            "location",
            "max-forwards",
            "pragma",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "retry-after",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "via",
            "www-authenticate",
            "x-real-ip");

    private Trailers() {}

    private static boolean travels(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !LEFT_BEHIND.contains(lower) && !lower.startsWith("x-forwarded-") && !lower.startsWith("if-");
    }

    /** Those of a request whose body has been read to its end; null where it has none. */
    public static HttpFields of(HttpServletRequest request) {
        if (!request.isTrailerFieldsReady()) {
            return null;
        }
        HttpFields.Mutable fields = HttpFields.build();
        request.getTrailerFields().forEach((name, value) -> {
            if (travels(name)) {
                fields.add(name, value);
            }
        });
        return fields.size() == 0 ? null : fields;
    }

    /** Those of an upstream's response as the Servlet API takes them: a name comes once. Null for null. */
    public static Map<String, String> forClient(HttpFields fields) {
        if (fields == null) {
            return null;
        }
        Map<String, String> trailers = new LinkedHashMap<>();
        for (HttpField field : fields) {
            if (travels(field.getName())) {
                trailers.merge(field.getName(), field.getValue(), (before, next) -> before + ", " + next);
            }
        }
        return trailers;
    }
}
