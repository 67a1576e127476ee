package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ParameterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the README to the code. */
class ReadmeTest {
    @Test
    void theParameterTableIsTheOneOfTheDeclarations() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains("-->\n" + ParameterTable.markdown() + "<!-- /parameters");
    }
}
