package dev.weir.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes a {@link Configuration} from its {@link Sources}: finds each value, reads it, and checks them together. */
final class ConfigurationReader {
    private final Sources sources;
    private final Lookup lookup;
    private final Findings findings = new Findings();

    ConfigurationReader(Sources sources) {
        this.sources = sources;
        this.lookup = new Lookup(sources);
    }

    Configuration read() {
        ServletNames.check(sources.servlets(), findings);
        UnknownNames.report(sources, findings);
        SystemProxies.note(sources, findings);
        List<Translation> servlets = sources.servlets().stream()
                .map(servlet -> ForeignNames.translate(servlet, findings))
                .toList();
        Values shared = shared(servlets);
        List<RouteDraft> routes = servlets.stream().map(this::route).toList();
        RouteRules.check(routes, findings);
        RouteRules.checkStatusPath(routes, shared, findings);
        RouteRules.checkSelf(routes, shared, findings);
        RouteRules.checkProxied(routes, shared, findings);
        Optional<Configuration> read = routes.stream().allMatch(RouteDraft::isKnown)
                ? Optional.of(new Configuration(
                        shared.orDefaults(SharedParameters.all()),
                        routes.stream().map(RouteDraft::complete).toList(),
                        findings.notes()))
                : Optional.empty();
        findings.throwIfProblems(read);
        return read.orElseThrow();
    }

    private Values shared(List<Translation> servlets) {
        return values(SharedParameters.all(), parameter -> {
            Found found = lookup.shared(parameter);
            return parameter == SharedParameters.CONNECT_TIMEOUT ? connectTimeout(found, servlets) : found;
        });
    }

    /** Smiley's servlets each have their own; there is one here, so that they must agree where nobody else set it. */
    private Found connectTimeout(Found own, List<Translation> servlets) {
        Found result = own;
        for (Translation servlet : servlets) {
            Found foreign = servlet.connectTimeout().orElse(null);
            if (foreign == null) {
                continue;
            }
            if (!own.isDefault()) {
                findings.note(foreign.where() + ": ignored, for connectTimeout is set by " + own.where() + ".");
            } else if (result.isDefault() || result.text().equals(foreign.text())) {
                findings.note(foreign.where() + ": translated into connectTimeout, for all routes.");
                result = result.isDefault() ? foreign : result;
            } else {
                String agreed = "as " + result.where() + ", " + Shown.of(result.text());
                findings.problem(foreign.where(), foreign.text(), agreed + "; or context-param weir.connectTimeout");
            }
        }
        return result;
    }

    private RouteDraft route(Translation translation) {
        ServletDeclaration servlet = translation.servlet();
        Values values = values(
                RouteParameters.all(), parameter -> lookup.route(parameter, servlet.name(), translation.values()));
        RouteDraft draft = new RouteDraft(servlet, prefix(servlet, values), values);
        translation.hostLists().forEach(list -> list.check(draft, findings));
        return draft;
    }

    private Optional<String> prefix(ServletDeclaration servlet, Values values) {
        Optional<Setting<Optional<String>>> own = values.find(RouteParameters.PREFIX);
        if (own.isEmpty() || own.get().value().isPresent()) {
            own.ifPresent(prefix -> RoutePrefix.checkReached(prefix, servlet, findings));
            return own.flatMap(Setting::value);
        }
        return RoutePrefix.ofMappings(servlet, findings);
    }

    private Values values(List<Parameter<?>> parameters, Function<Parameter<?>, Found> finder) {
        List<Setting<?>> settings = new ArrayList<>();
        for (Parameter<?> parameter : parameters) {
            setting(parameter, finder.apply(parameter)).ifPresent(settings::add);
        }
        return new Values(settings);
    }

    private <T> Optional<Setting<T>> setting(Parameter<T> parameter, Found found) {
        try {
            T value = parameter.parse(found.text());
            return Optional.of(new Setting<>(parameter, value, found.text().strip(), found.origin(), found.where()));
        } catch (BadValueException e) {
            findings.problem(found.where(), found.text(), e.getMessage());
            return Optional.empty();
        }
    }
}
