package dev.weir.unit;

import dev.weir.config.Configuration;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Problem;
import dev.weir.config.ServletDeclaration;
import dev.weir.config.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sources of a configuration, put together step by step; each map given as name, value, name, value. */
final class Given {
    static final String OURS = "dev.weir.proxy.BoundedProxyServlet";

    private final Map<String, String> commandLine = new LinkedHashMap<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> contextParams = new LinkedHashMap<>();
    private final List<ServletDeclaration> servlets = new ArrayList<>();

    static Given nothing() {
        return new Given();
    }

    /** The one route of the shipped descriptor. */
    static Given route(String... initParams) {
        return new Given().servlet("proxy", "/proxy/*", initParams);
    }

    Given commandLine(String name, String value) {
        commandLine.put(name, value);
        return this;
    }

    Given systemProperty(String name, String value) {
        systemProperties.put(name, value);
        return this;
    }

    Given environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given contextParam(String name, String value) {
        contextParams.put(name, value);
        return this;
    }

    Given servlet(String name, String mapping, String... initParams) {
        return servlet(name, OURS, List.of(mapping), initParams);
    }

    Given servlet(String name, String className, List<String> mappings, String... initParams) {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < initParams.length; i += 2) {
            params.put(initParams[i], initParams[i + 1]);
        }
        servlets.add(new ServletDeclaration(name, className, mappings, params));
        return this;
    }

    Configuration read() {
        return Configuration.read(new Sources(commandLine, systemProperties, environment, contextParams, servlets));
    }

    /** One line each, empty where the configuration is good. */
    List<String> problems() {
        try {
            read();
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }
}
