/**
 * One exchange from its start to its end: what it carries through the chain, how it can end, and the seam to the
 * container.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Header fields are Jetty's {@code HttpFields}: an ordered list with duplicates, which both the servlet API's
 *       accessors and the client to the upstreams can fill. A type of our own would be copied from and to it twice.
 *   <li>{@link dev.weir.exchange.Home} is chosen by the name of the container and not by probing its classes: a web
 *       application must not see those. The launcher sets its own. An unknown container gets Tomcat's, which uses
 *       nothing beyond the Servlet API.
 *   <li>A way back that is certain stops the start; one that needs a request to show is refused then, without asking
 *       anybody; all others end at the id in {@code Via} and {@code CDN-Loop}. {@link dev.weir.exchange.Ourselves} has the
 *       first two. It is not told which virtual host of a Tomcat a name belongs to; a report of one that is refused
 *       would change our mind.
 * </ul>
 */
@MayUse({"config", "tunnel"})
package dev.weir.exchange;

import dev.weir.MayUse;
