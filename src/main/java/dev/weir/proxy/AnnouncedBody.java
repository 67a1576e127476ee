package dev.weir.proxy;

import jakarta.servlet.http.HttpServletRequest;

/** What the head of a request tells of its body (RFC 9112 §6.3, RFC 9113 §8.1). */
final class AnnouncedBody {
    private AnnouncedBody() {}

    /** Whether there is one, be it an empty chunked one. */
    static boolean isIn(HttpServletRequest request) {
        return isChunked(request) || request.getContentLengthLong() > 0 || isStreamed(request);
    }

    /** In bytes; below 0 where it is not told. */
    static long length(HttpServletRequest request) {
        return isChunked(request) ? -1 : request.getContentLengthLong();
    }

    private static boolean isChunked(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null;
    }

    /** HTTP/2 needs no length and no transfer coding; methods that never have a body are left out. */
    private static boolean isStreamed(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/2")
                && request.getContentLengthLong() < 0
                && switch (request.getMethod()) {
                    case "GET", "HEAD", "OPTIONS", "TRACE", "DELETE" -> false;
                    default -> true;
                };
    }

    /** Whether it comes only when the client is told to go on (RFC 9110 §10.1.1); HTTP/1.0 has no such expectation. */
    static boolean isHeldBack(HttpServletRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"))
                && !request.getProtocol().equals("HTTP/1.0");
    }
}
