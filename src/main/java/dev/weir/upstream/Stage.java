package dev.weir.upstream;

/** How far an exchange is on its way to a connection: it waits for one, or one is being opened for it. */
public enum Stage {
    /** All connections that there may be serve others. */
    QUEUED,
    /** The upstream's name is being looked up. */
    RESOLVING,
    /** A socket is being opened. */
    CONNECTING,
    /** TLS is being agreed on. */
    SECURING
}
