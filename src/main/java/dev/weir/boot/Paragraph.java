package dev.weir.boot;

/** Text for a terminal, broken between words. */
final class Paragraph {
    /** Columns that any terminal has. */
    private static final int WIDTH = 100;

    private Paragraph() {}

    /** The text in lines that each begin so, the last one without its end; a word that is too long has its line. */
    static String of(String indent, String text) {
        StringBuilder lines = new StringBuilder(indent);
        int column = indent.length();
        for (String word : text.split(" ")) {
            if (column > indent.length() && column + 1 + word.length() > WIDTH) {
                lines.append('\n').append(indent);
                column = indent.length();
            }
            if (column > indent.length()) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }
}
