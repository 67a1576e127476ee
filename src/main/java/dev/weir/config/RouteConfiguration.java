package dev.weir.config;

import java.util.List;

/**
 * One route: a servlet of ours with its effective values.
 *
 * @param mappings the servlet's URL patterns
 * @param prefix the effective one, of the parameter or of the mapping: empty, or starting with a slash and not ending
 *     with one
 */
public record RouteConfiguration(String servletName, List<String> mappings, String prefix, Values values) {
    /** Copies what it is given. */
    public RouteConfiguration {
        mappings = List.copyOf(mappings);
    }
}
