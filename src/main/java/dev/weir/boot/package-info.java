/**
 * The launcher: {@code java -jar weir.war}. The only package that knows Jetty's server; no container ever sees it.
 *
 * <p>{@link dev.weir.boot.Weir} reads the command line into {@link dev.weir.boot.Options} and turns what happens into an
 * exit status; {@link dev.weir.boot.Launcher} starts the web application of the same WAR on a connector of its own, and
 * {@link dev.weir.boot.RunningLauncher} drains it.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>The command line adds nothing of its own to the configuration: routes become servlets of the shipped class, values
 *       become the first source of {@code dev.weir.config}. So every message and every rule is the same as in a container.
 *   <li>The configuration is read once more than a container does, before anything is created, so that its problems come
 *       with those of the command line and without a server's log around them. It takes milliseconds.
 *   <li>The address is bound after the configuration was read and before anything is served: only then is it known whether
 *       an upstream is this very listener, and nobody is answered by a Weir that will not start.
 *   <li>The connector's protocol settings come from {@code jetty-config/etc/weir-http.xml}, which an external Jetty reads
 *       as well, so that both homes refuse and accept the same.
 *   <li>Clients beyond the bound are not accepted, rather than accepted and refused: a socket that waits in the kernel
 *       takes no descriptor of ours. A channel counts until the selector has let go of its descriptor, which is later
 *       than its close.
 *   <li>The pages' own listener is a second connector of the same server and not a server of its own: it leads to the same
 *       servlet, past a handler that lets nothing else through, and has its own threads and its own bound.
 *   <li>Requests run on the selectors' threads ({@link dev.weir.boot.OnSelectors}), and those selectors watch the sockets
 *       to upstreams, too ({@link dev.weir.boot.SharedConnector}): an exchange begins and ends on one thread, which wakes no
 *       other. It holds as long as nothing in the chain waits; what does goes to other threads. A page or a refusal that
 *       waited for a client who does not read would hold up everybody else. One switch, {@code nonBlocking}, leads back to
 *       Jetty's ways.
 *   <li>Heads that do not get ready are found by looking at the parsers and not by a timer for each: a connection has
 *       none until it is slow. {@code HttpConnection} is internal to Jetty, and the only way to see a parser.
 *   <li>HTTP/2 is translated into the terms of HTTP/1.1 before the chain, by a customizer of the connector, and not known
 *       behind it: a filter that forgot the difference would be a hole. What the translation refuses is what HTTP/1.1's
 *       parser refuses.
 *   <li>Jetty's HTTP/2 connections are put together by {@code Http2} from public classes, some of them in internal
 *       packages: the parser, the session and the stream each lack something that a proxy needs. Jetty offering a hook for
 *       the parser, and telling of every reset, would change our mind.
 *   <li>The certificate's files are read by the JDK and compared by content every second. Jetty's scanner watches a key
 *       store and drops the old one when the new one is broken.
 *   <li>The forward proxy is a route like any other, with a servlet that no path reaches: a handler before the web
 *       application marks what asks for another server and gives it that servlet's path, whatever its own is. Jetty's
 *       handlers for CONNECT and for proxies would bypass the filters. So that it is known what was asked, the connection
 *       keeps the request line's target as it came.
 *   <li>The library that checks passwords is the launcher's, as are those who are asked for them.
 *   <li>{@code --check} connects by sockets of its own and not by the client to the upstreams: it wants to know of every
 *       address, where an exchange is content with one.
 *   <li>One shutdown hook of our own drains and halts. The JVM's status after SIGTERM would be 143, whatever happened.
 * </ul>
 */
@MayUse({"config", "exchange", "filter", "limits", "proxy", "route", "upstream", "vitals"})
package dev.weir.boot;

import dev.weir.MayUse;
