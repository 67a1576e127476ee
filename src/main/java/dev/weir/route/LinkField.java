package dev.weir.route;

import java.util.function.UnaryOperator;

/** The {@code Link} field (RFC 8288 §3): every {@code <target>} of it, and nothing inside a quoted parameter. */
final class LinkField {
    private LinkField() {}

    static String map(String value, UnaryOperator<String> urls) {
        StringBuilder result = new StringBuilder(value.length());
        boolean changed = false;
        int copied = 0;
        int i = 0;
        while (i < value.length()) {
            char c = value.charAt(i++);
            if (c == '"') {
                i = endOfQuoted(value, i);
            } else if (c == '<') {
                int end = value.indexOf('>', i);
                if (end < 0) {
                    break;
                }
                String url = value.substring(i, end);
                String mapped = urls.apply(url);
                changed |= mapped != url;
                result.append(value, copied, i).append(mapped);
                copied = end;
                i = end;
            }
        }
        return changed ? result.append(value, copied, value.length()).toString() : value;
    }

    /** The index after the closing quote; the value's end where it never closes. */
    private static int endOfQuoted(String value, int from) {
        int i = from;
        while (i < value.length()) {
            char c = value.charAt(i++);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return value.length();
    }
}
