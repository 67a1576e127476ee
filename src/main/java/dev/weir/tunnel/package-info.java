/**
 * What an upgraded connection becomes: bytes that pass both ways, unread, until both ends have ended.
 *
 * <pre>
 * Tunnel                 two pumps, and one end of whatever happens first
 *   Pump                 one way: one buffer, filled only when the one before has been taken
 *   TunnelEnd            one of the two connections
 *     SocketEnd          over Jetty's end point: every upstream, and the launcher's clients
 *     ForeignSocketEnd   the same where the end point is a server's whose classes we do not see: a Jetty container's clients
 *     WebConnectionEnd   over the Servlet API's streams: Tomcat's clients
 * </pre>
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>A package of its own, since both sides of an exchange give an end to it, and neither knows the other.
 *   <li>Nothing reads the protocol: what is not understood cannot be spoilt, and no extension has to be waited for. The
 *       price is that a limit on a WebSocket's messages is its server's.
 *   <li>A buffer is held only while there are bytes in it: of many thousand WebSockets nearly all are silent.
 *   <li>What ends a tunnel before both ends have ended it, such as a timeout or a stop, resets both connections: of a
 *       protocol that nobody reads, a clean end could pass for a whole message.
 *   <li>In a Jetty container the Servlet API's upgrade is no road: for a request without a body its stream has ended before
 *       it begins (12.1.13 and before). Jetty's own road, an attribute that names the next connection, takes a type that a
 *       web application cannot name; a proxy of it, over the public interfaces of {@code jetty-io}, can be. A stream that
 *       works would change our mind.
 *   <li>Tomcat's streams are read by its own threads alone, and its sockets are reached by reflection for what the Servlet
 *       API has no word for, see {@link dev.weir.tunnel.TomcatSocket}. Words for it in a Servlet API would change our mind.
 * </ul>
 */
@MayUse({})
package dev.weir.tunnel;

import dev.weir.MayUse;
