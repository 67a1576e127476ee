/**
 * From prefix to target and back: pure functions over strings, without I/O, without a clock, safe for any thread.
 *
 * <p>On the way in {@link dev.weir.route.Prefix} cuts what clients see off the path and {@link dev.weir.route.Target}
 * puts the upstream's base path before the rest. On the way out {@link dev.weir.route.WayBack} turns whatever names the
 * upstream into what clients see.
 *
 * <h2>Decisions</h2>
 *
 * <dl>
 *   <dt>Raw out, decoded only to compare
 *   <dd>An upstream that tells {@code %2F} from {@code /} gets what the client wrote. For this reason nothing here goes
 *       through {@link java.net.URI}, which refuses or re-encodes what clients do send. An upstream that has to be
 *       shielded from odd spellings would change our mind; that is a filter's work.
 *   <dt>A climb is refused in every reading that we know of, not repaired
 *   <dd>Which segments a separator makes is for the upstream to say, and we cannot ask. Repairing picks one reading and
 *       is wrong for the others. The price: next to dot segments, a name with an encoded slash counts as the fewest
 *       segments it can be. Not counted are upstreams that decode twice ({@code %252e}), that take bytes which are not
 *       UTF-8 for dots ({@code %c0%ae}), or that drop dots and spaces at the end of a name. Refusing these would break
 *       honest paths for the sake of a flaw that a request without us would reach as well. An upstream in common use
 *       that still reads so would change our mind.
 *   <dt>What is mapped becomes path-absolute
 *   <dd>{@code /ctx/proxy/x} needs no knowledge of the scheme, host and port that the client used, which are hearsay
 *       behind another proxy, and RFC 9110 §10.2.2 allows it in {@code Location}. A consumer that takes absolute URLs
 *       only would change our mind. The path {@code //x} is written {@code /.//x}: it resolves to the same path, and
 *       names no host.
 *   <dt>A reference that climbs out of the base path stays
 *   <dd>{@code /app/../other} is not in {@code /app}, whatever it starts with. What does not lie in the base path
 *       cannot be reached through the route, so no mapping would be right.
 *   <dt>Only the upstream's own name, and the {@code Host} it was sent, are its names
 *   <dd>A URL with the host that clients use, built from {@code X-Forwarded-Host} and with another path than the
 *       prefix, may well mean another application there. Reports of upstreams that honour the forwarded host but no
 *       forwarded prefix would change our mind.
 *   <dt>A cookie for a parent of the base path gets the prefix
 *   <dd>{@code Path=/} means "all of me", and of that upstream clients see the prefix only. Cookies named
 *       {@code __Host-} are the exception: clients refuse them with any other path, so two routes of one host share
 *       theirs, and a host for each route is the way out. A Domain that covers the upstream is taken away, so that the
 *       cookie belongs to the host that the client sees. Clients that accept {@code __Host-} with a path would change
 *       our mind.
 *   <dt>What fills a placeholder is never decoded
 *   <dd>A segment either is a host, a port or a label, as it stands, or nothing. Whatever had to be decoded first could be
 *       decoded once more by somebody else, into another destination. Names that cannot be written so would change our mind;
 *       international ones can, as {@code xn--}.
 * </dl>
 */
@MayUse({"config"})
package dev.weir.route;

import dev.weir.MayUse;
