package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.Origin;
import dev.weir.config.Parameter;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.Setting;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code configuration.json} says: every parameter, its value, and where that came from. */
final class ConfigurationPage {
    private ConfigurationPage() {}

    static Map<String, Object> json(Configuration configuration) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shared", rows(SharedParameters.all(), configuration.shared()));
        json.put(
                "routes",
                configuration.routes().stream().map(ConfigurationPage::route).toArray());
        json.put("notes", configuration.notes().toArray());
        return json;
    }

    private static Map<String, Object> route(RouteConfiguration route) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", route.servletName());
        json.put("prefix", route.prefix());
        json.put("parameters", rows(RouteParameters.all(), route.values()));
        return json;
    }

    private static Object[] rows(List<Parameter<?>> parameters, Values values) {
        return parameters.stream()
                .map(values::setting)
                .map(ConfigurationPage::row)
                .toArray();
    }

    private static Map<String, Object> row(Setting<?> setting) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", setting.parameter().name());
        row.put("value", setting.text());
        row.put("from", setting.where());
        row.put("isDefault", setting.origin() == Origin.DEFAULT);
        row.put("expected", setting.parameter().expected());
        row.put("meaning", setting.parameter().meaning());
        return row;
    }
}
