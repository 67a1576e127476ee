package dev.weir.config;

import java.util.List;

/**
 * Parameters of the contract that this version does not have. They are unknown like any other name, never silently
 * accepted; only the message differs. A name leaves this list when its parameter is declared.
 */
final class NotInForce {
    static final List<String> SHARED = List.of("upstreamCert");

    static final List<String> ROUTE = List.of();

    private NotInForce() {}

    static boolean has(String name) {
        return SHARED.contains(name) || ROUTE.contains(name);
    }
}
