package dev.weir.vitals;

import java.nio.charset.StandardCharsets;

/**
 * Text that others wrote, made safe for a line of a log: nothing in it can end the line or the field, or move a terminal's
 * cursor, and none of it is longer than {@value #MOST_CHARACTERS} characters.
 */
final class LogText {
    static final int MOST_CHARACTERS = 2048;
    private static final String CUT = "...";
    private static final int LAST_ASCII = '~';
    private static final int LAST_OF_ONE_BYTE = 0xFF;

    private LogText() {}

    /** Shortened where it is too long, with three dots at its end; null stays null. */
    static String shortened(String text) {
        if (text == null || text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean halves = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, halves ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + CUT;
    }

    /** A field between quotation marks. */
    static void quoted(StringBuilder line, String text) {
        append(line, text, true);
    }

    /** A field that ends with the next space. */
    static void word(StringBuilder line, String text) {
        append(line, text, false);
    }

    /**
     * As Apache and nginx do: {@code \"}, {@code \\}, and {@code \xHH} for each byte that is no printable ASCII. Containers
     * make one character of each byte of a field; what is no byte counts as UTF-8. A dash where there is nothing.
     */
    private static void append(StringBuilder line, String text, boolean spaces) {
        if (text == null || text.isEmpty()) {
            line.append('-');
            return;
        }
        int end = Math.min(text.length(), MOST_CHARACTERS);
        for (int at = 0; at < end; at++) {
            char character = text.charAt(at);
            if (character == '"' || character == '\\') {
                line.append('\\').append(character);
            } else if (character <= LAST_ASCII && character >= (spaces ? ' ' : '!')) {
                line.append(character);
            } else if (character <= LAST_OF_ONE_BYTE) {
                hex(line, character);
            } else {
                int point = text.codePointAt(at);
                at += Character.charCount(point) - 1;
                for (byte one : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    hex(line, one);
                }
            }
        }
        if (end < text.length()) {
            line.append(CUT);
        }
    }

    private static void hex(StringBuilder line, int octet) {
        line.append("\\x").append(Character.forDigit(octet >> 4 & 0xF, 16)).append(Character.forDigit(octet & 0xF, 16));
    }
}
