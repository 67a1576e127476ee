package dev.weir.config;

import java.util.List;
import java.util.Map;

/**
 * One parameter as it is shown to whoever asks what is in force.
 *
 * @param name of the parameter
 * @param value as it was written, with what {@code auto} comes to behind it where that is known: {@code auto (340)}; without
 *     credentials and on one line
 * @param from the exact key that it came from, or {@code default}
 * @param isDefault whether nobody set it
 * @param expected what a value may look like, with its bounds
 * @param meaning what it does, in one sentence
 */
public record ExplainedSetting(
        String name, String value, String from, boolean isDefault, String expected, String meaning) {
    /**
     * Explains the parameters of one set, in their order.
     *
     * @param workedOut what those come to that are {@code auto}, as far as it is known
     */
    public static List<ExplainedSetting> of(
            Values values, List<Parameter<?>> parameters, Map<Parameter<?>, ? extends Number> workedOut) {
        return parameters.stream()
                .map(parameter -> of(values.setting(parameter), workedOut.get(parameter)))
                .toList();
    }

    private static ExplainedSetting of(Setting<?> setting, Number workedOut) {
        Parameter<?> parameter = setting.parameter();
        String text = Shown.whole(setting.text());
        return new ExplainedSetting(
                parameter.name(),
                text.equals("auto") && workedOut != null ? text + " (" + workedOut + ")" : text,
                Shown.whole(setting.where()),
                setting.origin() == Origin.DEFAULT,
                parameter.expected(),
                parameter.meaning());
    }

    /** The same, told to come from elsewhere: from what became that key. */
    public ExplainedSetting from(String other) {
        return new ExplainedSetting(name, value, other, isDefault, expected, meaning);
    }
}
