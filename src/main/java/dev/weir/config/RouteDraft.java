package dev.weir.config;

import java.util.Optional;

/** A route that has been read, and may still lack what was bad: its problems are noted, the other checks go on. */
record RouteDraft(ServletDeclaration servlet, Optional<String> prefix, Values values) {
    String name() {
        return servlet.name();
    }

    /** The one upstream, where there is one. */
    Optional<UpstreamUrl> proxyTo() {
        return values.find(RouteParameters.PROXY_TO)
                .flatMap(Setting::value)
                .filter(UpstreamUrl.class::isInstance)
                .map(UpstreamUrl.class::cast);
    }

    /** Whether requests say where it leads. */
    boolean isOpen() {
        return values.find(RouteParameters.PROXY_TO)
                .flatMap(Setting::value)
                .filter(UpstreamTemplate.class::isInstance)
                .isPresent();
    }

    /** Whether it is known what it is for and where it leads, whatever else is bad. */
    boolean isKnown() {
        return prefix.isPresent() && values.find(RouteParameters.PROXY_TO).isPresent();
    }

    /** Only for a known one. */
    RouteConfiguration complete() {
        return new RouteConfiguration(
                name(), servlet.mappings(), prefix.orElseThrow(), values.orDefaults(RouteParameters.all()));
    }
}
