package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.config.Parameter;
import dev.weir.config.ParameterTable;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterDeclarationsTest {
    private static List<Parameter<?>> all() {
        List<Parameter<?>> all = new ArrayList<>(SharedParameters.all());
        all.addAll(RouteParameters.all());
        return all;
    }

    @Test
    void everyConstantIsListedInTheOrderOfItsDeclaration() throws IllegalAccessException {
        assertThat(constants(SharedParameters.class)).isEqualTo(SharedParameters.all());
        assertThat(constants(RouteParameters.class)).isEqualTo(RouteParameters.all());
    }

    private static List<Object> constants(Class<?> declarations) throws IllegalAccessException {
        List<Object> constants = new ArrayList<>();
        for (Field field : declarations.getFields()) {
            assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
            constants.add(field.get(null));
        }
        return constants;
    }

    @Test
    void everyDefaultIsAValueOfItsOwnParameter() {
        for (Parameter<?> parameter : all()) {
            assertThatCode(() -> parameter.parse(parameter.defaultText()))
                    .as(parameter.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void noNameIsUsedTwiceBecauseTheCommandLineKnowsOnlyNames() {
        assertThat(all()).extracting(Parameter::name).doesNotHaveDuplicates();
    }

    @Test
    void everyMeaningIsASentence() {
        assertThat(all())
                .allSatisfy(parameter -> assertThat(parameter.meaning()).matches("[A-Z].{10,}\\."));
    }

    @Test
    void aBlankIsNeverAValue() {
        for (Parameter<?> parameter : all()) {
            assertThatCode(() -> parameter.parse("  "))
                    .as(parameter.name())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theTableHasARowForEachParameterAndTheSameColumnsInEachRow() {
        List<String> rows = Arrays.stream(ParameterTable.markdown().split("\n"))
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).hasSameSizeAs(all());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).split("(?<!\\\\)\\|")).hasSize(5);
            assertThat(rows.get(i))
                    .startsWith(
                            "| `" + all().get(i).name() + "` | `" + all().get(i).defaultText() + "` | ");
        }
    }

    @Test
    void theTableShowsMarkdownCharactersAsTheyAre() {
        assertThat(ParameterTable.markdown())
                .contains("| `maxHops` | `8` | a whole number from 1 to 100 | How many Weirs")
                .contains("X-Forwarded-\\* tell")
                .contains("-.^\\_\\`\\|\\~ |");
    }
}
