package dev.weir.config;

import java.util.List;
import java.util.Map;

/**
 * All that the configuration is made from. Each map may hold names that are not ours; values are taken from
 * {@code weir.*} and {@code WEIR_*} alone, except on the command line, which is ours. Of the system's proxy settings only
 * it is noted that they are there.
 *
 * @param commandLine keys are {@code NAME} (a shared parameter, or a route's for every route) and {@code SERVLET.NAME}
 * @param servlets the routes, and other proxies' servlets, to be reported
 */
public record Sources(
        Map<String, String> commandLine,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Map<String, String> contextParams,
        List<ServletDeclaration> servlets) {
    /** Copies what it is given. */
    public Sources {
        commandLine = Map.copyOf(commandLine);
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        contextParams = Map.copyOf(contextParams);
        servlets = List.copyOf(servlets);
    }

    /** The texts that stand outside the servlets, by {@link Origin#key}. */
    Map<String, String> of(Origin origin) {
        return switch (origin) {
            case COMMAND_LINE -> commandLine;
            case SYSTEM_PROPERTY -> systemProperties;
            case ENVIRONMENT -> environment;
            case DESCRIPTOR -> contextParams;
            case DEFAULT -> Map.of();
        };
    }
}
