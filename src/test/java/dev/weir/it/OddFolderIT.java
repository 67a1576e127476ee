package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code java -jar} runs the WAR from whatever folder people put it into. */
class OddFolderIT {
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a+b", "a%20b", "a#b", "a!b", "j\u00f6rg"})
    void theWarStartsFromAnyFolder(String name, @TempDir Path folder) throws IOException, InterruptedException {
        String encoding = System.getProperty("sun.jnu.encoding");
        assumeTrue(
                Charset.forName(encoding).newEncoder().canEncode(name), "no JVM finds it where names are " + encoding);
        Path war = Files.createDirectory(folder.resolve(name)).resolve("weir.war");
        Files.copy(Places.war(), war);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(java.toString(), "-jar", war.toString(), "--demo", "--port", "0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.startsWith("listening on ") && !line.contains("does not start")) {
                line = said.readLine();
            }
            assertThat(line).startsWith("listening on ");
        } finally {
            process.destroy();
        }
        process.waitFor();
    }
}
