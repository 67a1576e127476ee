/**
 * Everything that a user can set: declared once, read once, checked together.
 *
 * <p>{@link dev.weir.config.SharedParameters} and {@link dev.weir.config.RouteParameters} declare name, form, bounds,
 * default and sentence; {@link dev.weir.config.Configuration#read} is the only reader of init-params, and either gives
 * values that need no further check or throws {@link dev.weir.config.ConfigurationException} with every problem.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>Unknown names stop the start, except in the environment. A mistyped bound that is silently no bound is what this
 *       proxy is there to prevent; the environment belongs to others as well, Kubernetes for one. A second tool that
 *       writes system properties named {@code weir.*} would change our mind about those.
 *   <li>All problems come at once, in one form, for each restart to find the next mistake costs minutes. Nothing would
 *       change our mind.
 *   <li>A bad value is never repaired or replaced by the default, and a blank one is bad: an empty variable is mostly a
 *       template that went wrong. Only the value that wins is read; those it hides may be anything. Many reports of a
 *       hidden bad value that came to light at a bad time would change our mind.
 *   <li>Other proxies' names are understood in init-params alone, where a descriptor written for them has them, and what
 *       became of each is said by name. Their use in other sources would be a habit that starts here.
 *   <li>An address is a literal and is never resolved, so that reading takes no time and means the same everywhere. It is
 *       compared by a few lines of our own, for Jetty's {@code InetAddressPattern} asks the resolver where a literal is
 *       mistyped; a strict mode there would change our mind.
 *   <li>No other library: a configuration framework would bring sources, and an order of them, that the contract does
 *       not have.
 * </ul>
 */
@MayUse({})
package dev.weir.config;

import dev.weir.MayUse;
