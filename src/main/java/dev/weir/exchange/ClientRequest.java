package dev.weir.exchange;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What the access log tells of a request, copied from it while it is there. Whatever the client did not send is null.
 *
 * @param address the peer's, as the container tells it
 * @param user who signed in, by the container or as one of the forward proxy's users
 * @param target the request target, raw, with its query
 * @param version {@code HTTP/1.1}
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
    /** That of a request. */
    public static ClientRequest of(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI();
        return new ClientRequest(
                request.getRemoteAddr(),
                request.getRemotePort(),
                request.getRemoteUser(),
                request.getMethod(),
                request.getScheme(),
                request.getHeader("Host"),
                query == null ? path : path + "?" + query,
                request.getProtocol(),
                request.getHeader("Referer"),
                request.getHeader("User-Agent"),
                request.getHeader("X-Request-Id"),
                request.getHeader("traceparent"));
    }
}
