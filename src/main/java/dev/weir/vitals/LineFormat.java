package dev.weir.vitals;

import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Report;

/** What a line of the access log looks like. One thread at a time. */
@FunctionalInterface
interface LineFormat {
    /** Of a request of which nothing was kept. */
    ClientRequest NOBODY = new ClientRequest(null, 0, null, null, null, null, null, null, null, null, null, null);

    /** Appends what there is to tell of a request, in printable ASCII, without the line's end. */
    void append(Report report, StringBuilder line);
}
