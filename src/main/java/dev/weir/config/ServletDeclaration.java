package dev.weir.config;

import java.util.List;
import java.util.Map;

/**
 * One servlet that is to be a route, as its descriptor declares it.
 *
 * @param className of {@code BoundedProxyServlet} or what extends it; another proxy servlet's is reported as a problem
 * @param mappings URL patterns, as in a descriptor
 */
public record ServletDeclaration(String name, String className, List<String> mappings, Map<String, String> initParams) {
    /** Copies what it is given. */
    public ServletDeclaration {
        mappings = List.copyOf(mappings);
        initParams = Map.copyOf(initParams);
    }
}
