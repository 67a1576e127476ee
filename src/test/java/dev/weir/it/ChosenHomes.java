package dev.weir.it;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** All homes, or those that the system property {@code weir.it.homes} names, such as {@code LAUNCHER,TOMCAT_11}. */
public final class ChosenHomes implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return all().map(Arguments::of);
    }

    static Stream<Home> all() {
        String chosen = System.getProperty("weir.it.homes", "");
        return chosen.isBlank()
                ? Stream.of(Home.values())
                : Stream.of(chosen.split(",")).map(String::strip).map(Home::valueOf);
    }
}
