package dev.weir.exchange;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;

/**
 * An answer of our own: the outcome, and one sentence with the measured numbers and the setting to change. Its sentence
 * never holds a stack trace, a class name, a version or anything the client sent unescaped.
 *
 * @param outcome why; gives the status and the {@code Proxy-Status} error (RFC 9209)
 * @param sentence what a reader can act on
 */
public record Refusal(Outcome outcome, String sentence) {
    /** What {@code Allow} says where we answer for a route ourselves. */
    public static final String ALLOWED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    /** To who takes for a forward proxy what is none. */
    public static final Refusal NO_CONNECT =
            new Refusal(Outcome.BAD_METHOD, "CONNECT is not served here; the launcher serves it with --forward-proxy.");

    /** Context attribute: the path below which each outcome has a page, ending in a slash. */
    public static final String PAGES = Refusal.class.getName() + ".pages";

    /** Seconds that {@code Retry-After} names with a 503 (RFC 9110 §10.2.3). */
    private static final String RETRY_AFTER_SECONDS = "1";

    /** What a container, or a server's parser, says with a status alone, in our words. */
    public static Refusal ofStatus(int status) {
        return switch (status) {
            case 404 -> new Refusal(Outcome.NO_ROUTE, "No route claims this path.");
            // By us, or by a container that lets TRACE through to nobody.
            case 405 ->
                new Refusal(
                        Outcome.TRACE_REFUSED,
                        "TRACE is refused here; the route's trace lets it pass, on Tomcat the connector's allowTrace, too.");
            case 408 -> new Refusal(Outcome.CLIENT_TIMEOUT, "The client stopped sending its request.");
            case 414 -> new Refusal(Outcome.TARGET_TOO_LONG, "The request target is longer than the connector takes.");
            case 431 ->
                new Refusal(
                        Outcome.REQUEST_HEAD_TOO_LARGE,
                        "The request head is larger than the connector takes; weir.maxRequestHeadersSize is its size.");
            case 501 -> new Refusal(Outcome.BAD_METHOD, "This method cannot be carried unchanged here.");
            case 505 -> new Refusal(Outcome.BAD_VERSION, "This version of HTTP is not spoken here.");
            default ->
                status >= 500
                        ? new Refusal(Outcome.INTERNAL_ERROR, "The request failed here; the log has the cause.")
                        : new Refusal(
                                Outcome.BAD_REQUEST,
                                "The request is not well-formed HTTP, or expects what is not done here.");
        };
    }

    /** The status line's number. */
    public int status() {
        return outcome.status();
    }

    /** The header fields of the answer, without its length. */
    public Map<String, String> fields(boolean json) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", json ? "application/json" : "text/plain;charset=utf-8");
        fields.put("Cache-Control", "no-store");
        fields.put("Proxy-Status", proxyStatus());
        if (status() == 503) {
            fields.put("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (outcome == Outcome.TRACE_REFUSED) {
            fields.put("Allow", ALLOWED_METHODS);
        }
        if (outcome == Outcome.METHOD_REFUSED) {
            fields.put("Allow", "GET, HEAD");
        }
        if (outcome == Outcome.PROXY_AUTH) {
            fields.put("Proxy-Authenticate", "Basic realm=\"weir\", charset=\"UTF-8\"");
        }
        if (outcome == Outcome.DRAINING) {
            fields.put("Connection", "close");
        }
        return fields;
    }

    /**
     * The body, UTF-8, ending in a line feed.
     *
     * @param context says where Weir's page on this outcome is; before it has started, nobody knows
     */
    public byte[] body(boolean json, ServletContext context) {
        Object pages = context.getAttribute(PAGES);
        String page = pages == null ? null : pages + outcome.label();
        String text = json ? json(page) : outcome.label() + ": " + sentence + (page == null ? "" : "\nMore: " + page);
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Gives the whole answer to the container, which sends it when it ends the response. Blocks nobody: the container knows
     * the length by then, and being told it before would make it send at once.
     *
     * @return how many bytes of a body went out
     */
    public int writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean json = prefersJson(request.getHeader("Accept"));
        byte[] body = body(json, request.getServletContext());
        response.setStatus(status());
        fields(json).forEach(response::setHeader);
        if ("HEAD".equals(request.getMethod())) {
            response.setContentLength(body.length);
            return 0;
        }
        response.getOutputStream().write(body);
        return body.length;
    }

    /** Whether an {@code Accept} field prefers JSON to plain text; null and everything unclear mean plain text. */
    public static boolean prefersJson(String accept) {
        if (accept == null) {
            return false;
        }
        int json = accept.indexOf("application/json");
        int text = accept.indexOf("text/");
        return json >= 0 && (text < 0 || json < text);
    }

    private String json(String page) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("outcome", outcome.label());
        object.put("status", status());
        object.put("sentence", sentence);
        if (page != null) {
            object.put("more", page);
        }
        return new JSON().toJSON(object);
    }

    private String proxyStatus() {
        String error = outcome.proxyStatusError();
        String details = "; details=\"" + outcome.label() + "\"";
        return error == null ? "weir" + details : "weir; error=" + error + details;
    }
}
