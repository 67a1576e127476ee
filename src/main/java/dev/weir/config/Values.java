package dev.weir.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The effective values of one set of parameters: the shared ones, or one route's. Immutable. */
public final class Values {
    private final Map<Parameter<?>, Setting<?>> settings = new LinkedHashMap<>();

    Values(Collection<Setting<?>> settings) {
        settings.forEach(setting -> this.settings.put(setting.parameter(), setting));
    }

    /** The value in force. */
    public <T> T get(Parameter<T> parameter) {
        return setting(parameter).value();
    }

    /**
     * The value in force and where it came from.
     *
     * @throws IllegalArgumentException if the parameter is of the other set
     */
    public <T> Setting<T> setting(Parameter<T> parameter) {
        Setting<T> known = known(parameter);
        if (known == null) {
            throw new IllegalArgumentException("no value of " + parameter + " here");
        }
        return known;
    }

    /** The same with the default in the place of each value that was a bad one. */
    Values orDefaults(List<Parameter<?>> all) {
        List<Setting<?>> complete = new ArrayList<>();
        all.forEach(parameter -> complete.add(orDefault(parameter)));
        return new Values(complete);
    }

    private <T> Setting<T> orDefault(Parameter<T> parameter) {
        return find(parameter).orElseGet(() -> Setting.byDefault(parameter));
    }

    /** Nothing, too, where the value was a bad one: the checks between values go on without it. */
    <T> Optional<Setting<T>> find(Parameter<T> parameter) {
        return Optional.ofNullable(known(parameter));
    }

    @SuppressWarnings("unchecked") // a setting is filed under its own parameter, which has its type
    private <T> Setting<T> known(Parameter<T> parameter) {
        return (Setting<T>) settings.get(parameter);
    }
}
