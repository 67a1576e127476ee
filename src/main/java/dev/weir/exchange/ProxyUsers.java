package dev.weir.exchange;

/**
 * Knows who may use the forward proxy. The launcher sets its own as a context attribute of this class's name; elsewhere
 * there is none.
 *
 * <p>Threads: those of requests.
 */
@FunctionalInterface
public interface ProxyUsers {
    /** What is known of a name and a password. */
    enum Verdict {
        /** They belong together. */
        KNOWN,
        /** They do not, or nobody has the name; which of the two is not told. */
        UNKNOWN,
        /** Nobody can say now: too many are being looked at. */
        BUSY
    }

    /** May take as long as a slow hash does, and a bounded wait for its turn. */
    Verdict check(String user, String password);
}
