package dev.weir.route;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Refresh} field: {@code 5; url=http://...}, the URL bare or in quotes (HTML, "shared declarative refresh
 * steps").
 */
final class RefreshField {
    private static final Pattern BEFORE_URL = Pattern.compile(
            "[ \t]*+[0-9.]*+[ \t]*+[;,][ \t]*+(?:url[ \t]*+=[ \t]*+)?+(['\"]?+)", Pattern.CASE_INSENSITIVE);

    private RefreshField() {}

    static String map(String value, UnaryOperator<String> urls) {
        Matcher matcher = BEFORE_URL.matcher(value);
        if (!matcher.lookingAt()) {
            return value;
        }
        int start = matcher.end();
        int quote = matcher.group(1).isEmpty() ? -1 : value.indexOf(matcher.group(1), start);
        int end = quote < 0 ? value.length() : quote;
        String url = value.substring(start, end);
        String mapped = urls.apply(url);
        return mapped == url ? value : value.substring(0, start) + mapped + value.substring(end);
    }
}
