package dev.weir.exchange;

import java.util.Iterator;

/**
 * What {@code Transfer-Encoding} fields name (RFC 9112 §6.1). Both containers and the client to the upstreams undo
 * {@code chunked} and leave every other coding in the body, so that a message with one cannot be passed on: its name ends
 * here.
 */
public final class TransferCodings {
    private TransferCodings() {}

    /** Whether the fields' values name anything but {@code chunked}. */
    public static boolean areForeign(Iterator<String> values) {
        while (values.hasNext()) {
            for (String coding : values.next().split(",")) {
                if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("chunked")) {
                    return true;
                }
            }
        }
        return false;
    }
}
