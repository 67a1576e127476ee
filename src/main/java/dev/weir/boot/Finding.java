package dev.weir.boot;

/**
 * What {@code --check} found, in words.
 *
 * @param words on one line, whatever they were made from
 */
record Finding(Grade grade, String words) {
    /** Makes the words fit to be shown. */
    Finding {
        words = words.replaceAll("\\p{Cntrl}", "?");
    }

    /** What it means for a start. */
    enum Grade {
        GOOD,
        /** It will do, but somebody should know. */
        WARNING,
        /** Exchanges will fail, or the start does. */
        PROBLEM
    }

    static Finding good(String words) {
        return new Finding(Grade.GOOD, words);
    }

    static Finding warning(String words) {
        return new Finding(Grade.WARNING, words);
    }

    static Finding problem(String words) {
        return new Finding(Grade.PROBLEM, words);
    }

    /** {@code good: ...}, {@code warning: ...}, {@code problem: ...}. */
    @Override
    public String toString() {
        return grade.name().toLowerCase(java.util.Locale.ROOT) + ": " + words;
    }
}
