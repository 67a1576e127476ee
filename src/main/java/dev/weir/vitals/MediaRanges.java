package dev.weir.vitals;

import java.util.Locale;

/** The choice between two media types by an {@code Accept} field (RFC 9110 §12.5.1), without their parameters. */
final class MediaRanges {
    private MediaRanges() {}

    /** Whether the field prefers one type to another, which is what it gets by default. */
    static boolean prefer(String accept, String type, String usual) {
        return accept != null && quality(accept, type) > quality(accept, usual);
    }

    /** The weight of the range that names the type most exactly; 0 where none does. */
    private static double quality(String accept, String type) {
        double quality = 0;
        int exactness = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";");
            int exact = exactness(parts[0].strip(), type);
            if (exact > exactness) {
                exactness = exact;
                quality = weight(parts);
            }
        }
        return quality;
    }

    private static int exactness(String range, String type) {
        if (range.equals(type)) {
            return 3;
        }
        if (range.equals(type.substring(0, type.indexOf('/') + 1) + "*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.matches("q=[01](\\.\\d{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
