package dev.weir.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding for comparisons only (RFC 3986 §2.1, as UTF-8, once); what is sent is never decoded. A {@code %}
 * without two hexadecimal digits stands for itself, bytes that are not UTF-8 become U+FFFD.
 */
final class PercentDecoding {
    private PercentDecoding() {}

    static String decode(String raw) {
        int percent = raw.indexOf('%');
        if (percent < 0) {
            return raw;
        }
        StringBuilder decoded = new StringBuilder(raw.length());
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int i = 0;
        while (i < raw.length()) {
            int octet = octetAt(raw, i);
            if (octet >= 0) {
                octets.write(octet);
                i += 3;
            } else {
                flush(octets, decoded);
                decoded.append(raw.charAt(i++));
            }
        }
        flush(octets, decoded);
        return decoded.toString();
    }

    /** The octet that starts at {@code i} as {@code %XX}, or -1. */
    private static int octetAt(String raw, int i) {
        if (raw.charAt(i) != '%' || i + 2 >= raw.length()) {
            return -1;
        }
        int high = hex(raw.charAt(i + 1));
        int low = hex(raw.charAt(i + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** ASCII digits only: {@link Character#digit} would take those of every script. */
    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static void flush(ByteArrayOutputStream octets, StringBuilder decoded) {
        decoded.append(octets.toString(StandardCharsets.UTF_8));
        octets.reset();
    }
}
