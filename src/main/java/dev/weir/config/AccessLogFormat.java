package dev.weir.config;

/** What is written of each request that is over: nothing, a line like Apache's combined format, or a JSON object. */
public enum AccessLogFormat {
    OFF,
    COMBINED,
    JSON
}
