package dev.weir.config;

/** A user's text as a message may show it: on one line, of a bounded length, and without credentials. */
final class Shown {
    private static final int MAX_CHARACTERS = 200;

    private Shown() {}

    static String of(String text) {
        String line = whole(text);
        return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "...";
    }

    /** The same at any length: for what was valid. */
    static String whole(String text) {
        // Greedy up to the last @, plain or encoded: a password may hold any character, a slash and an @ included.
        String masked = text.strip().replaceFirst("(?s)^([A-Za-z][A-Za-z0-9+.-]*:/+)?.*(@|%40)", "$1***@");
        String line = masked.replaceAll("\\p{Cntrl}", "?");
        return line.isEmpty() ? "\"\"" : line;
    }
}
