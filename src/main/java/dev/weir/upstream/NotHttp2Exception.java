package dev.weir.upstream;

import java.io.IOException;

/** Thrown where an upstream was to speak HTTP/2 and did not: nothing of a request was sent. */
public final class NotHttp2Exception extends IOException {
    private static final long serialVersionUID = 1;

    NotHttp2Exception(String message) {
        super(message);
    }

    NotHttp2Exception(Throwable cause) {
        super(cause);
    }
}
