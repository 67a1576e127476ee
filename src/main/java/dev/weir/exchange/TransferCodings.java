package dev.weir.exchange;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What {@code Transfer-Encoding} fields name (RFC 9112 §6.1). Both containers and the client to the upstreams undo
 * {@code chunked} and leave every other coding in the body, so that a message with one cannot be passed on: its name ends
 * here.
 */
public final class TransferCodings {
    private TransferCodings() {}

    /** Whether the fields' values name anything but {@code chunked}. */
    public static boolean areForeign(Stream<String> values) {
        return values.flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("chunked"));
    }
}
