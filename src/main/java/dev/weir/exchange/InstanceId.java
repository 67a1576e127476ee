package dev.weir.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name by which this instance knows its own requests again: {@code weir-} and 8 hex digits, drawn at start. It
 * stands in {@code Via} (RFC 9110 §7.6.3) behind the route's pseudonym and in {@code CDN-Loop} (RFC 8586).
 *
 * @param digits the 8 hex digits; they alone are compared
 */
public record InstanceId(String digits) {
    private static final String NAME = "weir-";
    /** A whole word: neither the end nor the beginning of a longer name. */
    private static final Pattern ANY =
            Pattern.compile("(?<![\\w.-])" + NAME + "\\p{XDigit}{8}(?![\\w.-])", Pattern.CASE_INSENSITIVE);

    /** A new id, unlike any other's for all practical purposes. */
    public static InstanceId random() {
        byte[] bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return new InstanceId(HexFormat.of().formatHex(bytes));
    }

    /** The {@code CDN-Loop} element. */
    public String cdnLoop() {
        return NAME + digits;
    }

    /** The {@code Via} element for a message received in a protocol, such as {@code HTTP/1.1}, which is {@code 1.1} there. */
    public String via(String protocol, String pseudonym) {
        return protocol.substring(protocol.indexOf('/') + 1) + " " + pseudonym + "-" + digits;
    }

    /** Whether a {@code Via} or {@code CDN-Loop} value holds our own id. */
    public boolean isIn(String value) {
        return value.toLowerCase(Locale.ROOT).contains("-" + digits);
    }

    /** How many Weirs a {@code CDN-Loop} or {@code Via} value names; in {@code Via} those alone that keep the name. */
    public static int weirsIn(String value) {
        return (int) ANY.matcher(value).results().count();
    }
}
