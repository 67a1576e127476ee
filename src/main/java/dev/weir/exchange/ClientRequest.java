package dev.weir.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/**
 * What the access log tells of a request, copied from it while it is there. Whatever the client did not send is null. No
 * field with credentials is among it.
 *
 * @param address the peer's, as the container tells it
 * @param user who signed in, by the container or as one of the forward proxy's users
 * @param target the request target, raw, with its query; without the user info of a URL
 * @param version {@code HTTP/1.1}
 * @param requestId the one {@code X-Request-Id}, where it is {@link #isSane}; or the one that was made for it
 */
public record ClientRequest(
        String address,
        int port,
        String user,
        String method,
        String scheme,
        String host,
        String target,
        String version,
        String referer,
        String userAgent,
        String requestId,
        String traceParent) {
    /** The field that names a request from hop to hop. */
    public static final String REQUEST_ID = "X-Request-Id";

    private static final int LONGEST_REQUEST_ID = 128;

    /** That of a request. */
    public static ClientRequest of(HttpServletRequest request) {
        return new ClientRequest(
                request.getRemoteAddr(),
                request.getRemotePort(),
                request.getRemoteUser(),
                request.getMethod(),
                request.getScheme(),
                host(request),
                target(request),
                request.getProtocol(),
                request.getHeader("Referer"),
                request.getHeader("User-Agent"),
                requestId(request),
                request.getHeader("traceparent"));
    }

    /** Of HTTP/2 some containers tell no field; of HTTP/1.0 without one they would look our own name up. */
    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null && request.getProtocol().startsWith("HTTP/2") ? request.getServerName() : host;
    }

    private static String target(HttpServletRequest request) {
        ForwardTarget forward = ForwardTarget.of(request);
        if (forward != null) {
            return withoutUserInfo(forward.text());
        }
        String query = request.getQueryString();
        String path = request.getRequestURI();
        return query == null ? path : path + "?" + query;
    }

    /** A URL, or an authority. */
    private static String withoutUserInfo(String target) {
        int scheme = target.indexOf("://");
        int start = scheme < 0 ? 0 : scheme + "://".length();
        int end = start;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        int at = target.lastIndexOf('@', end - 1);
        return at < start ? target : target.substring(0, start) + "***" + target.substring(at);
    }

    private static String requestId(HttpServletRequest request) {
        Enumeration<String> all = request.getHeaders(REQUEST_ID);
        String first = all.hasMoreElements() ? all.nextElement() : null;
        return first != null && !all.hasMoreElements() && isSane(first) ? first : null;
    }

    /** Whether an id can be passed on and written as it is: from 1 to 128 visible ASCII characters. */
    static boolean isSane(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST_REQUEST_ID
                && id.chars().allMatch(character -> character > ' ' && character <= '~');
    }

    /** The same, when it is known who asks. */
    ClientRequest withUser(String known) {
        return new ClientRequest(
                address,
                port,
                known,
                method,
                scheme,
                host,
                target,
                version,
                referer,
                userAgent,
                requestId,
                traceParent);
    }

    /** The same, with the id that was made for it. */
    public ClientRequest withRequestId(String made) {
        return new ClientRequest(
                address, port, user, method, scheme, host, target, version, referer, userAgent, made, traceParent);
    }

    /** How much text it holds. */
    public int characters() {
        return length(user)
                + length(host)
                + length(target)
                + length(referer)
                + length(userAgent)
                + length(requestId)
                + length(traceParent);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
