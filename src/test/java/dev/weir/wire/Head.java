package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message head: start line and fields, nothing normalised but the white space around a value.
 *
 * @param raw every byte up to and with the empty line
 * @param fields in wire order, names spelled as they came
 */
record Head(byte[] raw, String startLine, List<Map.Entry<String, String>> fields) {
    static Head parse(byte[] raw) {
        String[] lines = new String(raw, ISO_8859_1).split("\r\n\r\n", 2)[0].split("\r\n");
        return new Head(raw, lines[0], fields(Arrays.asList(lines).subList(1, lines.length)));
    }

    static List<Map.Entry<String, String>> fields(List<String> lines) {
        return lines.stream().map(Head::parseField).toList();
    }

    private static Map.Entry<String, String> parseField(String line) {
        int colon = line.indexOf(':');
        return colon < 0
                ? Map.entry(line, "")
                : Map.entry(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The one value of a field, null where there is none. Two are an error: a test that expects two asks for the values. */
    String field(String name) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw new AssertionError("one " + name + " expected, got " + values);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    boolean chunked() {
        return values("Transfer-Encoding").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).endsWith("chunked"));
    }
}
