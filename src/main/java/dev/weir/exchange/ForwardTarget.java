package dev.weir.exchange;

import jakarta.servlet.ServletRequest;

/**
 * Marks a request that asks for another server than this one, as clients ask a forward proxy: the launcher sets it as a
 * request attribute, which no client can. Without it the forward proxy's route does not exist.
 *
 * @param text the request line's target, raw: in absolute-form (RFC 9112 §3.2.2), or with CONNECT in authority-form
 *     (§3.2.3)
 */
public record ForwardTarget(String text) {
    /** The attribute's name. */
    public static final String ATTRIBUTE = ForwardTarget.class.getName();

    /** That of a request; null where it asks for us. */
    public static ForwardTarget of(ServletRequest request) {
        return (ForwardTarget) request.getAttribute(ATTRIBUTE);
    }
}
