package dev.weir.config;

/**
 * The effective value of one parameter, and why it is that.
 *
 * @param text the value as it was written
 * @param where the exact key it came from, readable by itself: {@code --set maxHops}, {@code system property
 *     weir.proxy.proxyTo}, {@code WEIR_PROXY_PROXY_TO}, {@code context-param weir.maxHops}, {@code init-param proxyTo of
 *     servlet proxy}, {@code default}
 */
public record Setting<T>(Parameter<T> parameter, T value, String text, Origin origin, String where) {
    static <T> Setting<T> byDefault(Parameter<T> parameter) {
        Found found = Found.byDefault(parameter);
        return new Setting<>(parameter, parameter.parse(found.text()), found.text(), found.origin(), found.where());
    }
}
