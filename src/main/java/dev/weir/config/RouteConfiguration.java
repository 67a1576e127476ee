package dev.weir.config;

import java.util.List;
import java.util.Optional;

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

    /** The one upstream that it leads to, where it is configured and always the same. */
    public Optional<UpstreamUrl> upstream() {
        return values.get(RouteParameters.PROXY_TO)
                .filter(UpstreamUrl.class::isInstance)
                .map(UpstreamUrl.class::cast);
    }

    /** What requests fill in to say where they lead; only of an open route. */
    public Optional<UpstreamTemplate> template() {
        return values.get(RouteParameters.PROXY_TO)
                .filter(UpstreamTemplate.class::isInstance)
                .map(UpstreamTemplate.class::cast);
    }

    /** Whether requests say where it leads, within {@code allow} and {@code deny}. */
    public boolean isOpen() {
        return template().isPresent();
    }
}
