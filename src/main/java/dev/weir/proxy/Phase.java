package dev.weir.proxy;

/** Where an exchange stands, in the order in which it goes; at most one phase timer runs at a time. */
enum Phase {
    /** Waiting for a connection, or opening one: the client's own connect timeout bounds it. */
    CONNECTING,
    /** There is a connection, and the request goes out: {@code exchangeIdleTimeout}. */
    SENDING,
    /** The request is out, nothing came back: {@code responseTimeout}. */
    AWAITING_HEAD,
    /** The response comes in and goes on to the client: {@code exchangeIdleTimeout}. */
    RECEIVING,
    /** Refused or failed: the rest of the answer goes out under {@code exchangeIdleTimeout}. */
    ENDING;

    /** Whether bytes move in it, each of which puts its deadline off. */
    boolean isIdleTimed() {
        return this == SENDING || this == RECEIVING || this == ENDING;
    }
}
