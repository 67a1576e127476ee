package dev.weir.vitals;

import dev.weir.config.ExplainedSetting;
import dev.weir.config.Parameter;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code configuration.json} says: every parameter, its value, and where that came from. */
final class ConfigurationPage {
    private ConfigurationPage() {}

    static Map<String, Object> json(Instruments instruments) {
        Map<Parameter<?>, Number> workedOut = WorkedOut.of(
                instruments.descriptors().limits(), instruments.inFlight().max());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "shared",
                rows(ExplainedSetting.of(instruments.configuration().shared(), SharedParameters.all(), workedOut)));
        json.put(
                "routes",
                instruments.configuration().routes().stream()
                        .map(ConfigurationPage::route)
                        .toArray());
        json.put("notes", instruments.configuration().notes().toArray());
        return json;
    }

    private static Map<String, Object> route(RouteConfiguration route) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", route.servletName());
        json.put("prefix", route.prefix());
        json.put("parameters", rows(ExplainedSetting.of(route.values(), RouteParameters.all(), Map.of())));
        return json;
    }

    private static Object[] rows(List<ExplainedSetting> settings) {
        return settings.stream().map(ConfigurationPage::row).toArray();
    }

    private static Map<String, Object> row(ExplainedSetting setting) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", setting.name());
        row.put("value", setting.value());
        row.put("from", setting.from());
        row.put("isDefault", setting.isDefault());
        row.put("expected", setting.expected());
        row.put("meaning", setting.meaning());
        return row;
    }
}
