package dev.weir.config;

import java.util.Optional;

/**
 * One reason not to start. Holds no credentials and no line breaks, whatever it was made from.
 *
 * @param where the key, or what else is wrong
 * @param value what stands there
 * @param expected what should
 * @param suggestion the name that was probably meant
 */
public record Problem(String where, String value, String expected, Optional<String> suggestion) {
    /** Makes the texts fit to be shown. */
    public Problem {
        where = Shown.of(where);
        value = Shown.of(value);
    }

    /** {@code where: value (expected: ...)}, and {@code Did you mean "x"?} where there is a suggestion. */
    @Override
    public String toString() {
        String line = where + ": " + value + " (expected: " + expected + ")";
        return suggestion.map(name -> line + " Did you mean \"" + name + "\"?").orElse(line);
    }
}
