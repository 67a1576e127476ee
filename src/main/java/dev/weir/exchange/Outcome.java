package dev.weir.exchange;

import java.util.Locale;

/**
 * How an exchange ended, or why it was refused. The name, the status and the RFC 9209 error type are a contract with
 * users and dashboards; change one only with a line in CHANGELOG.md.
 */
public enum Outcome {
    /** The upstream's response went through, whatever its status. */
    OK(0, null),
    BAD_TARGET(400, "http_request_error"),
    NO_ROUTE(404, null),
    TRACE_REFUSED(405, null),
    METHOD_REFUSED(405, null),
    PROXY_AUTH(407, null),
    CLIENT_TIMEOUT(408, null),
    REQUEST_HEAD_TOO_LARGE(431, null),
    TARGET_TOO_LONG(414, "http_request_error"),
    BAD_METHOD(501, null),
    TRANSFER_CODING_UNSUPPORTED(501, null),
    UPGRADE_UNSUPPORTED(501, null),
    BAD_VERSION(505, "http_request_error"),
    BAD_REQUEST(400, "http_request_error"),
    DENIED(403, "http_request_denied"),
    DESTINATION_PROHIBITED(403, "destination_ip_prohibited", "denied"),
    INTERNAL_ERROR(500, "proxy_internal_error"),
    LOOP(508, "proxy_loop_detected"),
    CONNECT_REFUSED(502, "connection_refused"),
    DNS(502, "dns_error"),
    TLS(502, "tls_protocol_error"),
    TLS_CERTIFICATE(502, "tls_certificate_error", "tls"),
    CLOSED(502, "connection_terminated"),
    INVALID_RESPONSE(502, "http_protocol_error"),
    NOT_HTTP2(502, "http_protocol_error"),
    RESPONSE_HEAD_TOO_LARGE(502, "http_response_header_section_size"),
    CONNECT_TIMEOUT(504, "connection_timeout"),
    DNS_TIMEOUT(504, "dns_timeout"),
    TLS_TIMEOUT(504, "connection_timeout"),
    RESPONSE_TIMEOUT(504, "http_response_timeout"),
    IDLE_TIMEOUT(504, "connection_read_timeout"),
    IDLE_TIMEOUT_SENDING(504, "connection_write_timeout", "idle-timeout"),
    TOTAL_TIMEOUT(504, "http_response_timeout"),
    POOL_FULL(503, "connection_limit_reached"),
    QUEUE_TIMEOUT(503, "connection_limit_reached"),
    DESCRIPTORS_LOW(503, "connection_limit_reached"),
    PORTS_LOW(503, "connection_limit_reached"),
    DESTINATIONS_FULL(503, "connection_limit_reached"),
    PROXY_AUTH_BUSY(503, "connection_limit_reached"),
    IN_FLIGHT_FULL(503, "connection_limit_reached"),
    DESTINATION_IN_FLIGHT_FULL(503, "connection_limit_reached"),
    DRAINING(503, null),
    UNCONFIGURED(503, null),
    /** The upstream failed after its head: the client sees an aborted message. */
    TRUNCATED(0, "http_response_incomplete"),
    /** The client left; nobody is there to read a status. */
    CLIENT_GONE(499, null);

    private final int status;
    private final String proxyStatusError;
    private final String label;

    Outcome(int status, String proxyStatusError) {
        this(status, proxyStatusError, null);
    }

    Outcome(int status, String proxyStatusError, String label) {
        this.status = status;
        this.proxyStatusError = proxyStatusError;
        this.label = label != null ? label : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status of our own answer; 0 where the upstream's status or an abort stands instead. */
    public int status() {
        return status;
    }

    /** The error type of RFC 9209 §2.3, or null where none fits. */
    public String proxyStatusError() {
        return proxyStatusError;
    }

    /** The name users see: lower case, dashes. */
    public String label() {
        return label;
    }
}
