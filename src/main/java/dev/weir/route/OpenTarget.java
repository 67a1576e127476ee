package dev.weir.route;

import dev.weir.config.BadValueException;
import dev.weir.config.UpstreamTemplate;
import dev.weir.config.UpstreamUrl;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a request of an open route leads: the segments of its path that follow the prefix fill the placeholders of
 * {@code proxyTo}, one each, raw and never decoded; what follows them goes out as it came.
 *
 * @param prefix what clients see of the route's path before the rest: its own prefix and the segments that were taken
 * @param rest raw: empty, or starting with {@code /}
 */
public record OpenTarget(UpstreamUrl upstream, String prefix, String rest) {
    /**
     * Reads a path.
     *
     * @param prefix the route's, context path included
     * @param rawPath the path of the request line, without the query
     * @throws BadTargetException as {@link Prefix#cut}, of the rest as well; where segments are missing, or one is nothing
     *     that its placeholder takes
     */
    public static OpenTarget of(UpstreamTemplate template, Prefix prefix, String rawPath) throws BadTargetException {
        String remainder = prefix.cut(rawPath);
        List<String> values = new ArrayList<>();
        int end = 0;
        for (String placeholder : template.placeholders()) {
            int start = end + 1;
            if (start > remainder.length()) {
                throw new BadTargetException("The path ends before the segment for " + placeholder
                        + "; the route leads to " + template + ".");
            }
            int slash = remainder.indexOf('/', start);
            end = slash < 0 ? remainder.length() : slash;
            values.add(remainder.substring(start, end));
        }
        String rest = remainder.substring(end);
        String climbing = Climb.in(rest);
        if (climbing != null) {
            throw new BadTargetException(
                    "The segment " + BadTargetException.quote(climbing) + " climbs above the upstream's path.");
        }
        return new OpenTarget(fill(template, values), prefix.path() + remainder.substring(0, end), rest);
    }

    /**
     * Where clients find, through a route for every destination, what a reference names; null where it names no destination
     * strictly, or a path that climbs.
     *
     * @param prefix the route's, context path included
     */
    public static String found(Prefix prefix, String reference) {
        int mark = reference.indexOf('#');
        String fragment = mark < 0 ? "" : reference.substring(mark);
        try {
            AbsoluteForm named = AbsoluteForm.of("GET", reference.substring(0, reference.length() - fragment.length()));
            UpstreamUrl upstream = named.upstream();
            boolean climbs = Climb.in(named.rest().split("\\?", 2)[0]) != null;
            String segments = "/" + upstream.scheme() + "/" + upstream.hostAndPort();
            return climbs ? null : prefix.path() + segments + named.rest() + fragment;
        } catch (BadTargetException none) {
            return null;
        }
    }

    private static UpstreamUrl fill(UpstreamTemplate template, List<String> values) throws BadTargetException {
        try {
            return template.fill(values);
        } catch (BadValueException bad) {
            throw new BadTargetException("The path names no destination with "
                    + BadTargetException.quote(String.join("/", values)) + ": expected is " + bad.getMessage() + ".");
        }
    }
}
