package dev.weir.route;

/** The request target that goes to the upstream, in origin-form (RFC 9112 §3.2.1), put together from raw parts. */
public final class Target {
    private Target() {}

    /**
     * Joins the upstream's base path, the remainder and the query, with one slash at the seam and nothing re-encoded.
     * The result starts with {@code /}, possibly with {@code //} where the client's remainder did.
     *
     * @param basePath of the upstream's URL: empty, or starting with {@code /}; a slash at its end may be there or not
     * @param remainder from {@link Prefix#cut}: empty, or starting with {@code /}
     * @param rawQueryOrNull null for no query; an empty one keeps its bare {@code ?}
     * @throws BadTargetException where the query holds white space, controls or {@code #}
     */
    public static String requestTarget(String basePath, String remainder, String rawQueryOrNull)
            throws BadTargetException {
        String path = basePath.endsWith("/") && remainder.startsWith("/")
                ? basePath.substring(0, basePath.length() - 1) + remainder
                : basePath + remainder;
        String target = path.isEmpty() ? "/" : path;
        if (rawQueryOrNull == null) {
            return target;
        }
        RawCharacters.checkQuery(rawQueryOrNull);
        return target + '?' + rawQueryOrNull;
    }
}
