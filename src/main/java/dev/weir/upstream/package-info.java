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
 *   <li>Names are looked up on two threads of our own. A look-up cannot be interrupted, so that in a shared pool every
 *       name that hangs would take a thread from everybody; see {@link dev.weir.upstream.NameCache}.
 *   <li>Of a name's addresses at most two are tried at a time, not one every 250 ms as in RFC 8305 §5: each attempt costs
 *       a descriptor, which is what Weir must not run out of; see {@link dev.weir.upstream.AddressRace}.
 * </ul>
 */
@MayUse({"config", "exchange", "limits"})
package dev.weir.upstream;

import dev.weir.MayUse;
