package dev.weir.upstream;

import java.util.concurrent.TimeoutException;

/** The look-up of an upstream's name did not end in {@code resolveTimeout}; the message says of which, and how many hang. */
public final class ResolveTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1;

    ResolveTimeoutException(String message) {
        super(message);
    }
}
