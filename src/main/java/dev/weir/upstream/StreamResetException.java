package dev.weir.upstream;

import java.io.IOException;

/** Thrown where an upstream gave one exchange up, and not its connection (RFC 9113 §6.4). */
public final class StreamResetException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param code the error code's name, which is the message */
    StreamResetException(String code) {
        super(code);
    }
}
