package dev.weir.config;

/** The text that a parameter gets, not yet read, and where it stands. */
record Found(String text, Origin origin, String where) {
    static Found byDefault(Parameter<?> parameter) {
        return new Found(parameter.defaultText(), Origin.DEFAULT, "default");
    }

    boolean isDefault() {
        return origin == Origin.DEFAULT;
    }
}
