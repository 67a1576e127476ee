package dev.weir.boot;

/** What a client connection is doing. */
enum Doing {
    /** Nothing was sent yet. */
    SILENT,
    /** A part of a head has come; or of what precedes all heads, such as a TLS handshake. */
    HEAD,
    /** Between two requests. */
    IDLE,
    /** We said the last word, and wait for the client to close. */
    ENDED,
    /** A request, or what was upgraded. */
    BUSY
}
