package dev.weir.config;

/**
 * One setting that a user can make, declared once: its name, what it accepts, its default and its sentence. Validation,
 * documentation and every message about it come from here.
 *
 * @param <T> what the rest of the code works with: durations as {@link java.time.Duration}, sizes as bytes
 */
public final class Parameter<T> {
    private final String name;
    private final String defaultText;
    private final Format<T> format;
    private final String meaning;

    Parameter(String name, String defaultText, Format<T> format, String meaning) {
        this.name = name;
        this.defaultText = defaultText;
        this.format = format;
        this.meaning = meaning;
    }

    /** The name without any prefix, in camel case. */
    public String name() {
        return name;
    }

    /** The default, written as a user would write it. */
    public String defaultText() {
        return defaultText;
    }

    /** What a value may look like, with its bounds, in words that fit behind "expected: ". */
    public String expected() {
        return format.expected();
    }

    /** What it does, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /**
     * Reads a value; white space around it does not count.
     *
     * @throws BadValueException if the text is blank, malformed or out of bounds
     */
    public T parse(String text) {
        return format.read(text);
    }

    /** The name alone. */
    @Override
    public String toString() {
        return name;
    }
}
