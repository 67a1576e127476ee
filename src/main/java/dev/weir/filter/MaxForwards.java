package dev.weir.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a request may still be forwarded (RFC 9110 §7.6.2); minded for every method that carries the field, although
 * the RFC asks it for TRACE and OPTIONS alone.
 */
final class MaxForwards {
    static final String FIELD = "Max-Forwards";

    /** The largest number of hops that is told on: the RFC lets a proxy lower what is beyond its own maximum. */
    private static final int MOST = 999_999_999;

    private static final Pattern NUMBER = Pattern.compile("0*([0-9]+)");

    private MaxForwards() {}

    /** The smallest of the numbers that the request carries; nothing where it carries none. A text is no number. */
    static OptionalInt of(HttpServletRequest request) {
        if (request.getHeader(FIELD) == null) {
            return OptionalInt.empty(); // as most
        }
        return Collections.list(request.getHeaders(FIELD)).stream()
                .map(String::strip)
                .map(NUMBER::matcher)
                .filter(Matcher::matches)
                .mapToInt(number -> capped(number.group(1)))
                .min();
    }

    private static int capped(String digits) {
        return digits.length() > 9 ? MOST : Integer.parseInt(digits);
    }
}
