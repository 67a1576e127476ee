/**
 * The one client to all upstreams: pools, queues, TLS, and requests that go out exactly as given.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>One {@code HttpClient} for the web application, whatever the number of routes: one set of selectors, threads and
 *       buffers, one place to bound them. The servlet's inherited habit of a client each was the founding story's leak.
 *   <li>Response events run on the selector's thread ({@code NON_BLOCKING}). It holds as long as nothing in them blocks;
 *       a blocking call there would stop every upstream connection.
 *   <li>Requests bypass Jetty's URI parsing, which rejects or rewrites targets that clients really send; see
 *       {@link dev.weir.upstream.UpstreamRequest}.
 * </ul>
 */
@MayUse({"config", "exchange", "limits"})
package dev.weir.upstream;

import dev.weir.MayUse;
