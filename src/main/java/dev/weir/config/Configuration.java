package dev.weir.config;

import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that the user set, read once at start: complete and valid, or not there at all. Immutable. */
public final class Configuration {
    /** Context attribute for the launcher's settings, a {@code Map<String, String>} as in {@link Sources#commandLine}. */
    public static final String COMMAND_LINE = "dev.weir.config.commandLine";

    private final Values shared;
    private final List<RouteConfiguration> routes;
    private final Map<String, RouteConfiguration> byServlet = new HashMap<>();
    private final List<String> notes;

    Configuration(Values shared, List<RouteConfiguration> routes, List<String> notes) {
        this.shared = shared;
        this.routes = List.copyOf(routes);
        routes.forEach(route -> byServlet.put(route.servletName(), route));
        this.notes = List.copyOf(notes);
    }

    /**
     * Reads the descriptor, this process's system properties and environment, and {@link #COMMAND_LINE}.
     *
     * @throws ConfigurationException with every problem there is
     */
    public static Configuration read(ServletContext context) {
        return read(DeclaredSources.of(context));
    }

    /**
     * Reads what it is given and nothing else, except that a file which a value names must be there.
     *
     * @throws ConfigurationException with every problem there is
     */
    public static Configuration read(Sources sources) {
        return new ConfigurationReader(sources).read();
    }

    /** The values of {@link SharedParameters}. */
    public Values shared() {
        return shared;
    }

    /** In the order of {@link Sources#servlets}, a context's by name; each with the values of {@link RouteParameters}. */
    public List<RouteConfiguration> routes() {
        return routes;
    }

    /** The route of a servlet, if it is one. */
    public Optional<RouteConfiguration> route(String servletName) {
        return Optional.ofNullable(byServlet.get(servletName));
    }

    /** Warnings and translations, a sentence each. Whoever starts the application logs each of them once. */
    public List<String> notes() {
        return notes;
    }
}
