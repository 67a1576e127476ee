package dev.weir.wire;

/** How a message ended for the one who received it. */
public enum Ending {
    /** The framing said that this is the end (RFC 9112 §6.3); for a body that ends with the connection: an orderly FIN. */
    COMPLETE,
    /** The connection ended, by FIN or by RST, before the framing said so. */
    ABORTED
}
