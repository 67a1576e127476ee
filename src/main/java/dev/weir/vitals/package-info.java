/**
 * What Weir says about itself. The pages stand beside the chain and not behind it, so that they answer when everything
 * else is full.
 *
 * <p>Decision: the pages' servlet is registered by the application's start and not in web.xml, because its path is a
 * parameter.
 *
 * <p>Decision: metrics are Micrometer's timers and counters, found by index and not by labels: 0.3 µs a request and no
 * lock. Gauges of connections are of one look at each scrape. Outcomes are counted from zero, series and all, since a counter
 * that appears with its first 1 has, to Prometheus, never risen.
 */
@MayUse({"config", "exchange", "limits", "upstream"})
package dev.weir.vitals;

import dev.weir.MayUse;
