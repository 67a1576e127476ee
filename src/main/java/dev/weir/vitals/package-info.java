/**
 * What Weir says about itself, to people, programs and logs.
 *
 * <pre>
 * Vitals               hears of every request that is over (a Report), and registers the pages
 *   Traffic            rates, latencies and outcomes, a RouteTraffic for each route
 *   RecentFailures     the last of them, with their sentences
 *   AccessLog          a line each: CombinedLine or JsonLine, written by a LineWriter
 *   Metrics            for Prometheus: RequestMeters, BoundMeters, DestinationGauges, JvmMeters
 *   Watch              once a second: History, from which a Forecast comes, and Readiness
 * StatusServlet        the pages, behind StatusAccess
 *   StatusPage         status.json, with DestinationRows, the kernel's SocketTable, and Notes on what looks wrong
 *   ConfigurationPage, HealthPage, OutcomePages, Assets, Metrics
 * WeirBean             the same for JMX
 * </pre>
 *
 * <p>The pages stand beside the chain and not behind it, so that they answer when everything else is full.
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
