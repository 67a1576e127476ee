/**
 * The one client to all upstreams: the budget of its sockets, queues, names, TLS, and requests that go out exactly as given.
 *
 * <pre>
 * UpstreamClient           starts and stops everything below
 *   BoundedDestination     who waits for a connection, and which are on their way to them (Opening)
 *     BoundedPool          Jetty's view of the budget
 *       ConnectionBudget   the one lock: HeldSockets (how many), PooledConnections (which), Turns (for whom), Share (of whom)
 *   UpstreamHttpClient     names (NameCache), then addresses (AddressRace), within maxDestinations
 *   UpstreamConnector      sockets, whose UpstreamEndPoint closes them without TIME_WAIT and gives the SocketPermit back;
 *                          watched by selectors of its own, or by a server's (HostSelectors); each a ServingSelector
 *   Housekeeping           closes what was idle for too long, and compares permits with sockets
 * </pre>
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>One {@code HttpClient} for the web application, whatever the number of routes: one set of selectors, threads and
 *       buffers, one place to bound them. The servlet's inherited habit of a client each was the founding story's leak.
 *   <li>A pool of our own, under one lock for all destinations, in place of Jetty's: there, a bound over destinations has
 *       nowhere to stand, spare connections are opened, and a failed connect fails everybody who waits. If the lock ever
 *       shows in a profile, a pool for each selector is what would change our mind.
 *   <li>A permit is one socket, from before it is opened until the selector has let go of its descriptor. What counted
 *       less would be exceeded by what it does not count.
 *   <li>A token bucket of thirty lines, in place of Bucket4j: under the pool's lock, with time as an argument, nothing of
 *       a library's 400 KiB would be used but the division.
 *   <li>Idle connections are reset and not closed with a FIN: nobody is in the middle of anything, and who sends the
 *       first FIN keeps the port for a minute. Upstreams that log a reset as an error would change our mind.
 *   <li>Response events run on the selector's thread ({@code NON_BLOCKING}). It holds as long as nothing in them blocks;
 *       a blocking call there would stop every upstream connection.
 *   <li>Requests bypass Jetty's URI parsing, which rejects or rewrites targets that clients really send; see
 *       {@link dev.weir.upstream.UpstreamRequest}.
 *   <li>Names are looked up on threads of our own, two for those of the configuration and eight for those of clients. A look-up cannot be interrupted, so that in a shared pool every
 *       name that hangs would take a thread from everybody; see {@link dev.weir.upstream.NameCache}.
 *   <li>What a request names as its destination is checked where sockets are opened, and not only where it is read: here
 *       alone it is known which address it turned out to be. See {@link dev.weir.upstream.DestinationCheck}.
 *   <li>A connection for a CONNECT takes the road of every exchange, through queue, budget and timers, and leaves it when it
 *       is there, as one that was upgraded does: a second road would have bounds of its own to forget.
 *   <li>Of a name's addresses at most two are tried at a time, not one every 250 ms as in RFC 8305 §5: each attempt costs
 *       a descriptor, which is what Weir must not run out of; see {@link dev.weir.upstream.AddressRace}.
 * </ul>
 */
@MayUse({"config", "exchange", "limits", "tunnel"})
package dev.weir.upstream;

import dev.weir.MayUse;
