package dev.weir.it;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test that asks for a {@link Browser} the one of all tests, started when first wanted and closed at the end. Where
 * there is none, the test is skipped.
 */
final class SharedBrowser implements BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedBrowser.class);

    /** Here and not where it is wanted: what is thrown there fails the test, whatever it is. */
    @Override
    public void beforeEach(ExtensionContext context) {
        Browser.require();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(Browser.class, wanted -> Browser.start(), Browser.class);
    }
}
