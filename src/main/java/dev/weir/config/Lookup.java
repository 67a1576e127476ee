package dev.weir.config;

import java.util.Map;
import java.util.Optional;

/** Finds the text of each parameter: the one place that knows which source wins. */
final class Lookup {
    private final Sources sources;

    Lookup(Sources sources) {
        this.sources = sources;
    }

    Found shared(Parameter<?> parameter) {
        String name = parameter.name();
        return at(Origin.COMMAND_LINE, Origin.COMMAND_LINE.key(name))
                .or(() -> at(Origin.SYSTEM_PROPERTY, Origin.SYSTEM_PROPERTY.key(name)))
                .or(() -> at(Origin.ENVIRONMENT, Origin.ENVIRONMENT.key(name)))
                .or(() -> at(Origin.DESCRIPTOR, Origin.DESCRIPTOR.key(name)))
                .orElseGet(() -> Found.byDefault(parameter));
    }

    /** @param initParams the servlet's, with the other proxies' names translated */
    Found route(Parameter<?> parameter, String servlet, Map<Parameter<?>, Found> initParams) {
        String name = parameter.name();
        return at(Origin.COMMAND_LINE, Origin.COMMAND_LINE.key(servlet, name))
                .or(() -> at(Origin.COMMAND_LINE, name)) // for every route
                .or(() -> at(Origin.SYSTEM_PROPERTY, Origin.SYSTEM_PROPERTY.key(servlet, name)))
                .or(() -> at(Origin.ENVIRONMENT, Origin.ENVIRONMENT.key(servlet, name)))
                .or(() -> Optional.ofNullable(initParams.get(parameter)))
                .orElseGet(() -> Found.byDefault(parameter));
    }

    private Optional<Found> at(Origin origin, String key) {
        return Optional.ofNullable(sources.of(origin).get(key)).map(text -> new Found(text, origin, origin.where(key)));
    }
}
