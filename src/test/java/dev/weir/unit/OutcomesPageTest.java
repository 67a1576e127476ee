package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/outcomes.md} has an entry for each outcome that a user can see, and says the same three things of each. */
class OutcomesPageTest {
    private static final Pattern ENTRY = Pattern.compile("^### (.*)$", Pattern.MULTILINE);
    private static final List<String> PARTS =
            List.of("**What happened.**", "**Where to look.**", "**What to change.**");

    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "outcomes.md"));
    }

    @Test
    void everyOutcomeHasAnEntryAndNoEntryHasNoOutcome() throws IOException {
        List<String> entries =
                ENTRY.matcher(page()).results().map(entry -> entry.group(1)).toList();
        assertThat(entries).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(entries))
                .isEqualTo(Stream.of(Outcome.values())
                        .filter(outcome -> outcome != Outcome.OK)
                        .map(Outcome::label)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyEntryHasItsThreeParts() throws IOException {
        Stream.of(page().split("\n### "))
                .skip(1)
                .forEach(entry -> assertThat(entry).contains(PARTS));
    }
}
