package dev.weir.route;

import java.util.regex.Pattern;

/**
 * Finds what could climb above the start of a path in some plausible reading of an upstream.
 *
 * <p>Upstreams disagree on whether {@code \}, {@code %2f} and {@code %5c} separate segments, and on how far a
 * {@code ;param} reaches. A reading that is right for one is wrong for another: {@code /a%2fb/../..} climbs only where
 * {@code %2f} does not separate, {@code /a%2f../..} only where it does. So the depth followed here is the lowest that
 * any reading can have reached, each doubtful separator taken either way. An empty segment adds nothing (slashes may be
 * merged), and each segment is decoded once and cut at {@code ;}.
 */
final class Climb {
    /** Without two dots in a row, plain or encoded, nothing climbs. */
    private static final Pattern DOTS = Pattern.compile("(?:\\.|%2e){2}", Pattern.CASE_INSENSITIVE);

    private static final Pattern DOUBTFUL_SEPARATOR = Pattern.compile("\\\\|%2f|%5c", Pattern.CASE_INSENSITIVE);

    private Climb() {}

    /** Returns the first segment, as it stands in the path, that can climb, or null where none can. */
    static String in(String path) {
        boolean plain = path.indexOf('%') < 0 && !path.contains("..");
        if (plain || !DOTS.matcher(path).find()) {
            return null;
        }
        int lowest = 0;
        for (String component : path.split("/", -1)) {
            int joined =
                    Integer.MAX_VALUE; // the lowest depth with the preceding pieces read as one segment with this one
            for (String piece : DOUBTFUL_SEPARATOR.split(component, -1)) {
                String decoded = PercentDecoding.decode(piece);
                int params = decoded.indexOf(';');
                int step = step(params < 0 ? decoded : decoded.substring(0, params));
                int before = lowest;
                lowest = Math.min(before + step, joined);
                if (lowest < 0) {
                    return component;
                }
                // Joined with what follows, a piece is a name, unless its own params swallow what follows.
                joined = Math.min(joined, before + (params < 0 ? 1 : step));
            }
        }
        return null;
    }

    private static int step(String segment) {
        return switch (segment) {
            case "", "." -> 0;
            case ".." -> -1;
            default -> 1;
        };
    }
}
