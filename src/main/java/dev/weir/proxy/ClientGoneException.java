package dev.weir.proxy;

import java.io.IOException;

/** The client left: reading from it or writing to it failed. */
final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1;

    ClientGoneException(Throwable cause) {
        super("the client left", cause);
    }
}
