package dev.weir.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI reference in its raw parts (RFC 3986 §4.1, appendix B), cut and never decoded.
 *
 * @param scheme null where there is none
 * @param authority null where there is none
 * @param tail query and fragment with their {@code ?} and {@code #}, or empty
 */
record Reference(String scheme, String authority, String path, String tail) {
    private static final Pattern PARTS =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*+):)?(?://([^/?#]*+))?([^?#]*+)(.*+)", Pattern.DOTALL);

    static Reference parse(String value) {
        Matcher matcher = PARTS.matcher(value);
        if (!matcher.matches()) {
            throw new AssertionError(value); // every string matches
        }
        return new Reference(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
    }
}
