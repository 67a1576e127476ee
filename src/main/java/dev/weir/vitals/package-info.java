/**
 * What Weir says about itself. The pages stand beside the chain and not behind it, so that they answer when everything
 * else is full.
 *
 * <p>Decision: the pages' servlet is registered by the application's start and not in web.xml, because its path is a
 * parameter.
 *
 * <p>Decision: the access log goes to standard output and nowhere else, as what runs Weir rotates, ships and bounds that
 * already; and it loses lines rather than requests, because a pipe that nobody reads must not stop a proxy. Its lines are
 * made where they are written, off the threads of requests. A user whose lines must not be lost would change our mind.
 *
 * <p>Decision: metrics are Micrometer's timers and counters, found by index and not by labels: 0.3 µs a request and no
 * lock. Gauges of connections are of one look at each scrape. Outcomes are counted from zero, series and all, since a counter
 * that appears with its first 1 has, to Prometheus, never risen.
 */
@MayUse({"config", "exchange", "limits", "upstream"})
package dev.weir.vitals;

import dev.weir.MayUse;
