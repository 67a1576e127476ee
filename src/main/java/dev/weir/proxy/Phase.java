package dev.weir.proxy;

/** Where an exchange stands; at most one phase timer runs at a time. */
enum Phase {
    /** Waiting for a connection, or opening one: the client's own connect timeout bounds it. */
    CONNECTING,
    /** The request goes out: {@code exchangeIdleTimeout}. */
    SENDING,
    /** The request is out, nothing came back: {@code responseTimeout}. */
    AWAITING_HEAD,
    /** The response comes in and goes on to the client: {@code exchangeIdleTimeout}. */
    RECEIVING,
    /** Refused or failed: the rest of the answer goes out under {@code exchangeIdleTimeout}. */
    ENDING
}
