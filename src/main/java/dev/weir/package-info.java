/**
 * Weir: an HTTP proxy that cannot run out.
 *
 * <h2>The life of a request</h2>
 *
 * <pre>
 * client
 *   connector            jetty-config, or the container's own
 *   filter, in web.xml order
 *     ExchangeFilter     opens the exchange, ends it
 *     AdmissionFilter    takes the permits, or refuses: in-flight-full, destination-in-flight-full, draining,
 *                        descriptors-low
 *     ProxyUsersFilter   asks the forward proxy's clients who they are: proxy-auth
 *     LoopGuardFilter    refuses what has been here before: loop
 *     HopByHopFilter     copies the end-to-end fields           | strips the hop-by-hop ones
 *     ForwardedFilter    adds Via, Forwarded, X-Forwarded-*     | adds Via
 *     PrefixFilter       cuts the prefix, names the target      | maps what names the upstream back
 *   proxy.BoundedProxyServlet
 *     Relay              sends, times, answers; makes one end of whatever happens first
 *       ClientBody       the client's bytes, pulled as fast as the upstream takes them
 *       ClientAnswer     the upstream's bytes, pumped as fast as the client takes them
 *       ProtocolSwitch   after a 101 that was asked for, a tunnel.Tunnel in the place of both
 *   upstream.UpstreamClient   one for all routes: one budget of sockets, a bounded queue for each destination
 * upstream
 * </pre>
 *
 * <p>The left column is the way in, from top to bottom; what stands behind the bar is the same filter's other half and
 * runs on the response's head from bottom to top. No body is ever held whole: one buffer each way is in flight, and a
 * side that does not take it stalls the other.
 *
 * <h2>The four legs</h2>
 *
 * <p>Client request, upstream request, upstream response, client response; never a "proxy response", which could be
 * either of two. An {@link dev.weir.exchange.Exchange} has two sides, the client's and the upstream's, and ends, exactly
 * once, when both have ended: then its permits come back.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li>Packages by stage, in the order a request passes them: {@code filter}, {@code proxy} with {@code route} and
 *       {@code limits} beside, {@code upstream}, {@code tunnel}; {@code config}, {@code exchange} and {@code vitals} serve
 *       them all; {@code boot} is the launcher, and used by nobody. What may use what stands on each package in {@link MayUse}.
 *   <li>The filters are mapped to the URL pattern {@code /*}. A mapping to the servlet name {@code *} would say the same,
 *       but Jetty 12.1.10 runs such filters in the reverse order and in every dispatch.
 *   <li>What a failure means is said in one type, {@link dev.weir.exchange.Outcome}, and what a client is told in
 *       another, {@link dev.weir.exchange.Refusal}; nothing else writes an answer of ours.
 * </ul>
 */
package dev.weir;
