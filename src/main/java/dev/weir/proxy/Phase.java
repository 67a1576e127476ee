package dev.weir.proxy;

/** Where an exchange stands, in the order in which it goes; at most one phase timer runs at a time. */
enum Phase {
    /** All connections serve others, and none is being opened for it: {@code queueTimeout}. */
    QUEUED,
    /** The upstream's name is looked up: {@code resolveTimeout}. */
    RESOLVING,
    /** A socket is being opened: {@code connectTimeout}. */
    CONNECTING,
    /** TLS is being agreed on: {@code tlsHandshakeTimeout}. */
    SECURING,
    /** The head goes out, and the body waits for the upstream's 100: {@code expectContinueTimeout}, and then it goes. */
    EXPECTING,
    /** There is a connection, and the request goes out: {@code exchangeIdleTimeout}. */
    SENDING,
    /** The request is out, nothing came back: {@code responseTimeout}. */
    AWAITING_HEAD,
    /** The response comes in and goes on to the client: {@code exchangeIdleTimeout}. */
    RECEIVING,
    /** The protocol is switched, and bytes pass both ways: {@code tunnelIdleTimeout}. */
    TUNNELLING,
    /** Refused or failed: the rest of the answer goes out under {@code exchangeIdleTimeout}. */
    ENDING;

    /** Whether there is no connection yet. */
    boolean isBeforeSending() {
        return compareTo(EXPECTING) < 0;
    }

    /** Whether bytes move in it, each of which puts its deadline off. */
    boolean isIdleTimed() {
        return this == SENDING || this == RECEIVING || this == TUNNELLING || this == ENDING;
    }
}
