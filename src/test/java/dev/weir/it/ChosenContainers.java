package dev.weir.it;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** {@link ChosenHomes} without the launcher, which takes no {@code web.xml} but the shipped one. */
final class ChosenContainers implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return ChosenHomes.all().filter(home -> home != Home.LAUNCHER).map(Arguments::of);
    }
}
