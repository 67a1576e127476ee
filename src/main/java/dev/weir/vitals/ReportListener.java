package dev.weir.vitals;

import dev.weir.exchange.Report;

/** Told of each request that is over. */
@FunctionalInterface
public interface ReportListener {
    /** Once for each, on whatever thread ended it; must not block. */
    void ended(Report report);
}
