package dev.weir.config;

import java.util.Locale;

/** Environment variables: what a parameter's is called, and which ones are not ours although they look it. */
final class VariableNames {
    static final String PREFIX = "WEIR_";

    private VariableNames() {}

    static String of(String name) {
        return PREFIX + words(name);
    }

    static String of(String servlet, String name) {
        return PREFIX + words(servlet) + "_" + words(name);
    }

    /** {@code maxHops} is {@code MAX_HOPS}; a run of capitals stays one word. */
    private static String words(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** Kubernetes sets these in every pod beside a service of the name {@code weir}. */
    static boolean isKubernetes(String variable) {
        return variable.equals("WEIR_PORT")
                || variable.startsWith("WEIR_PORT_")
                || variable.startsWith("WEIR_SERVICE_");
    }
}
