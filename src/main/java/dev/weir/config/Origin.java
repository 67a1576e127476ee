package dev.weir.config;

/** Where a value can come from; the first that has one wins, in this order. */
public enum Origin {
    /** The launcher's {@code --set}: {@code NAME}, or {@code SERVLET.NAME} for one route. */
    COMMAND_LINE("--set "),
    /** {@code weir.NAME}, or {@code weir.SERVLET.NAME} for a route. */
    SYSTEM_PROPERTY("system property "),
    /** {@code WEIR_NAME}, or {@code WEIR_SERVLET_NAME} for a route. */
    ENVIRONMENT(""),
    /** A context-param {@code weir.NAME}, or a servlet's init-param {@code NAME}. */
    DESCRIPTOR("context-param "),
    /** Nobody set it. */
    DEFAULT("");

    private final String kind;

    Origin(String kind) {
        this.kind = kind;
    }

    /** The key of a shared parameter here. */
    String key(String name) {
        return switch (this) {
            case COMMAND_LINE -> name;
            case SYSTEM_PROPERTY, DESCRIPTOR -> "weir." + name;
            case ENVIRONMENT -> VariableNames.of(name);
            case DEFAULT -> "default";
        };
    }

    /** The key of a route's parameter here. */
    String key(String servlet, String name) {
        return switch (this) {
            case COMMAND_LINE -> servlet + "." + name;
            case SYSTEM_PROPERTY -> "weir." + servlet + "." + name;
            case ENVIRONMENT -> VariableNames.of(servlet, name);
            case DESCRIPTOR -> name;
            case DEFAULT -> "default";
        };
    }

    /** A key with what it is a key of, for messages; a servlet's init-param has {@link #initParam}. */
    String where(String key) {
        return kind + key;
    }

    static String initParam(String servlet, String name) {
        return "init-param " + name + " of servlet " + servlet;
    }
}
