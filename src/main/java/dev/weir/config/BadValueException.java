package dev.weir.config;

/** A text that is no value of its parameter. The message is what was expected; the text itself is not in it. */
public final class BadValueException extends IllegalArgumentException {
    /** @param expected what would have been accepted, in words that fit behind "expected: " */
    public BadValueException(String expected) {
        super(expected);
    }
}
