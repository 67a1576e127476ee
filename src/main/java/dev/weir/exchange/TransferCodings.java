package dev.weir.exchange;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What {@code Transfer-Encoding} fields name (RFC 9112 §6.1). Both containers and the client to the upstreams undo
 * {@code chunked} and leave every other coding in the body, so that a message with one cannot be passed on: its name ends
 * here.
 */
public final class TransferCodings {
    private TransferCodings() {}

    /** Whether those of a message name anything but {@code chunked}. */
    public static boolean areForeign(HttpFields fields) {
        return fields.contains(HttpHeader.TRANSFER_ENCODING)
                && fields.getValuesList(HttpHeader.TRANSFER_ENCODING).stream().anyMatch(TransferCodings::isForeign);
    }

    private static boolean isForeign(String value) {
        for (String coding : value.split(",")) {
            if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("chunked")) {
                return true;
            }
        }
        return false;
    }
}
