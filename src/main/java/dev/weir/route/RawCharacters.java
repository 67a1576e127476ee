package dev.weir.route;

/**
 * The characters that no part of a request target may hold, because they would end it or split the message: white space
 * and controls (RFC 9112 §3), the {@code #} of a fragment, and a {@code ?} inside a path. All others pass as they came,
 * legal in a URI or not.
 *
 * <p>Nor the replacement character: a container that reads targets as UTF-8 puts it in the place of bytes that are not,
 * and what it replaced is lost.
 */
final class RawCharacters {
    private static final char LOST = '\ufffd';

    private RawCharacters() {}

    static void checkPath(String path) throws BadTargetException {
        check("path", path);
        if (path.indexOf('?') >= 0) {
            throw new BadTargetException(
                    "The path holds a \"?\" and " + BadTargetException.quote(path) + " is not one.");
        }
    }

    static void checkQuery(String query) throws BadTargetException {
        check("query", query);
    }

    private static void check(String part, String text) throws BadTargetException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c == 0x7f || c == '#') {
                throw new BadTargetException(String.format(
                        "The %s holds the character 0x%02X at index %d, which no request target may.",
                        part, (int) c, i));
            }
            if (c == LOST) {
                throw new BadTargetException("The " + part
                        + " holds bytes that are not UTF-8, which this container cannot hand on; percent-encode them.");
            }
        }
    }
}
