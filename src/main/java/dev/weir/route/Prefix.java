package dev.weir.route;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The path under which clients see a route: context path and route prefix together. Cuts itself off a request's path
 * and leaves what remains as it came, byte for byte.
 *
 * <p>Segments are compared percent-decoded and without {@code ;params}; dot segments are resolved and empty ones passed
 * over on the way to the prefix, as containers do when they pick the servlet. Only whole segments count: {@code /foo}
 * never takes {@code /foobar}.
 *
 * <p>Threads: immutable.
 */
public final class Prefix {
    private static final Pattern EXPECTED = Pattern.compile("|/(?!/)[^\\x00-\\x20\\x7f?#]++");

    private final String path;
    private final List<String> segments;

    /**
     * @param path raw as configured: empty, or starting with one {@code /}; slashes at its end do not count
     * @throws IllegalArgumentException where it is neither, or holds dot segments, white space, {@code ?} or {@code #}
     */
    public Prefix(String path) {
        this.path = path.replaceFirst("/++$", "");
        this.segments = segmentsOf(this.path);
    }

    /** The prefix as configured, empty or without a slash at its end. */
    public String path() {
        return path;
    }

    /**
     * Returns what follows the prefix, raw: empty, or starting with {@code /}. As soon as the segments read so far
     * equal the prefix, the rest is that remainder, whatever it holds.
     *
     * @param rawPath the path of the request line, never decoded, without the query
     * @throws BadTargetException where the path does not hold the prefix, holds characters that no target may, or where
     *     the remainder could climb above the prefix in any plausible reading of an upstream (RFC 3986 §3.3)
     */
    public String cut(String rawPath) throws BadTargetException {
        if (!rawPath.startsWith("/")) {
            throw new BadTargetException(
                    "The path has to start with \"/\", but is " + BadTargetException.quote(rawPath) + ".");
        }
        RawCharacters.checkPath(rawPath);
        int end = endIn(rawPath);
        if (end < 0) {
            throw new BadTargetException("The path " + BadTargetException.quote(rawPath) + " does not hold the prefix "
                    + BadTargetException.quote(path) + ".");
        }
        int slash = rawPath.indexOf('/', end);
        String remainder = slash < 0 ? "" : rawPath.substring(slash);
        String climbing = Climb.in(remainder);
        if (climbing != null) {
            throw new BadTargetException("The segment " + BadTargetException.quote(climbing)
                    + " climbs above the prefix " + BadTargetException.quote(path) + ".");
        }
        return remainder;
    }

    boolean isRoot() {
        return segments.isEmpty();
    }

    /**
     * Where the prefix ends in a path that starts with {@code /}, before its last segment's params; -1 where it is not
     * held.
     */
    int endIn(String rawPath) {
        int depth = 0;
        int matched = 0; // of the segments that count at present, how many from the first on are the prefix's
        int start = 0;
        int end = 0;
        while (matched < segments.size()) {
            if (end == rawPath.length()) {
                return -1;
            }
            start = end + 1;
            end = slashOrEnd(rawPath, start);
            String segment = plain(rawPath.substring(start, end));
            if (segment.equals("..")) {
                if (--depth < 0) {
                    return -1;
                }
                matched = Math.min(matched, depth);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                if (matched == depth && segment.equals(segments.get(matched))) {
                    matched++;
                }
                depth++;
            }
        }
        int params = rawPath.indexOf(';', start);
        return params < 0 ? end : Math.min(params, end);
    }

    private static List<String> segmentsOf(String path) {
        if (!EXPECTED.matcher(path).matches()) {
            throw new IllegalArgumentException("path: " + path + " (expected: empty, or a URL's path such as /a/b)");
        }
        List<String> segments = new ArrayList<>();
        for (String raw : path.split("/")) {
            String segment = plain(raw);
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("path: " + path + " (expected: no dot segments)");
            }
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return List.copyOf(segments);
    }

    private static int slashOrEnd(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** A segment as it is compared: without its params, then decoded. */
    private static String plain(String segment) {
        int params = segment.indexOf(';');
        return PercentDecoding.decode(params < 0 ? segment : segment.substring(0, params));
    }
}
