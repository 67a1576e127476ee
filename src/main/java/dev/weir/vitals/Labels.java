package dev.weir.vitals;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** The values of labels that clients and upstreams could make up: those that are known, and one for all others. */
final class Labels {
    /** As OpenTelemetry has it for methods. */
    static final String OTHER = "_OTHER";
    /** The route of a request that none claims. */
    static final String NO_ROUTE = "none";

    /** By {@link #method}. */
    static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", OTHER);
    /** By {@link #status}. */
    static final List<String> STATUSES;

    private static final int BEYOND_STATUSES = 600;
    private static final byte[] STATUS_INDEX = new byte[BEYOND_STATUSES];

    static {
        List<String> statuses = new ArrayList<>();
        statuses.add(OTHER);
        for (int status = 0; status < BEYOND_STATUSES; status++) {
            if (HttpStatus.getCode(status) != null) {
                STATUS_INDEX[status] = (byte) statuses.size();
                statuses.add(Integer.toString(status));
            }
        }
        STATUSES = List.copyOf(statuses);
    }

    private Labels() {}

    /** The index of a method's label. Methods are case-sensitive (RFC 9110 §9.1). */
    static int method(String method) {
        return switch (method) {
            case "GET" -> 0;
            case "HEAD" -> 1;
            case "POST" -> 2;
            case "PUT" -> 3;
            case "PATCH" -> 4;
            case "DELETE" -> 5;
            case "OPTIONS" -> 6;
            case "TRACE" -> 7;
            case "CONNECT" -> 8;
            default -> 9;
        };
    }

    /** The index of a status code's label; 0, which is no status, is another one. */
    static int status(int status) {
        return status >= 0 && status < BEYOND_STATUSES ? STATUS_INDEX[status] : 0;
    }
}
