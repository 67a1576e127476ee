package dev.weir.upstream;

import dev.weir.config.DestinationRules;
import dev.weir.config.DestinationRules.Verdict;
import java.io.IOException;

/**
 * The address that a destination's name led to is none that its route may have. Without a stack trace, since clients can
 * cause as many as they like; and without the address, which may be nobody's business.
 */
public final class DestinationDeniedException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient DestinationRules rules;
    private final Verdict verdict;

    /** @param verdict null where the address is one of our own listeners */
    DestinationDeniedException(DestinationRules rules, Verdict verdict) {
        super(verdict == null ? "our own listener" : verdict.name());
        this.rules = rules;
        this.verdict = verdict;
    }

    /** What the rules say; null where the address is one of our own listeners. */
    public Verdict verdict() {
        return verdict;
    }

    /** Those that say it. */
    public DestinationRules rules() {
        return rules;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
