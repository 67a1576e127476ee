/**
 * The servlet, the two pumps, and the application's start and stop.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>{@link dev.weir.proxy.BoundedProxyServlet} extends Jetty's servlet as a thin shell: its type and its parameters
 *       are what users know, nearly all of its steps are replaced.
 *   <li>The client's body is pulled by the sender instead of pushed into a queue: then there is no queue to bound.
 *   <li>Everything that touches the client response goes through one pump that runs one pass at a time, failures
 *       included. A failure on another thread therefore never races with a write, and whether it becomes a refusal or an
 *       abort is decided where it is known what was written.
 *   <li>Deadlines are one timer for all exchanges, not one each: a phase change costs a volatile write.
 *   <li>A body that its client holds back ({@code Expect: 100-continue}) is not even asked for before the upstream wants
 *       it: Jetty tells the client to go on as soon as anybody asks for the stream.
 *   <li>An exchange that has become a tunnel stays in flight until that ends: it holds what {@code maxInFlight} bounds, two
 *       sockets and the buffers between them. And {@code timeout} lies over it as over any exchange: a bound that somebody
 *       has set does not stop where the upstream says 101. Reports of routes that need both would change our mind.
 * </ul>
 */
@MayUse({"config", "exchange", "route", "limits", "upstream", "tunnel", "vitals"})
package dev.weir.proxy;

import dev.weir.MayUse;
