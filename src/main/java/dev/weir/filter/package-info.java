/**
 * The chain: one concern a file, on the way in and on the way out. Filters touch heads and targets, never bodies, and
 * work on the {@link dev.weir.exchange.Exchange}; there is no wrapper of a request or a response.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>A filter registers its other half with the exchange instead of acting after {@code doFilter} returns: by then an
 *       asynchronous exchange has hardly begun.
 *   <li>A field that an earlier filter has set for the upstream stands; {@code HopByHopFilter} does not copy the client's
 *       of that name. So each field has one filter that decides on it.
 * </ul>
 */
@MayUse({"config", "exchange", "route", "limits", "vitals"})
package dev.weir.filter;

import dev.weir.MayUse;
