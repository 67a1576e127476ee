package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ParameterTable;
import dev.weir.limits.AutoLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Holds the README to the code. */
class ReadmeTest {
    @Test
    void theParameterTableIsTheOneOfTheDeclarations() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains("-->\n" + ParameterTable.markdown() + "<!-- /parameters");
    }

    @Test
    void theDescriptorTableIsTheOneOfTheRules() throws IOException {
        OptionalInt auto = OptionalInt.empty();
        String rows = LongStream.of(256, 1024, 20_000, 1_000_000)
                .mapToObj(limit -> AutoLimits.of(limit, 60, auto, auto, auto))
                .map(limits -> "| " + limits.descriptors() + " | " + limits.reserve() + " | "
                        + limits.connectionBudget() + " | " + limits.maxClients() + " |\n")
                .collect(Collectors.joining());
        assertThat(Files.readString(Path.of("README.md"))).contains("|---|---|---|---|\n" + rows + "<!-- /descriptors");
    }
}
