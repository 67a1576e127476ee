package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserFileTest {
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";

    @TempDir
    private Path folder;

    private String problem(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("users"), content);
        return Given.nothing()
                .servlet("forwardProxy", "/-forward/*", "allow", "*", "proxyUsers", file.toString())
                .commandLine("forwardProxy.proxyTo", "{target}")
                .problems()
                .toString();
    }

    @Test
    void aFileOfUsersIsTaken() throws IOException {
        assertThat(problem("# comment\n\nanne:" + HASH + "\r\nbert:" + HASH + "\n"))
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hunter2                     | line 2",
                "bert:hunter2                | line 2",
                "bert:{SHA}hunter2           | line 2",
                "bert:$apr1$hunter2$hunter2  | line 2",
                "bert:$2y$15$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW | line 2",
                "bert:$2y$03$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW | line 2",
                ":$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW     | line 2",
                "anne:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW | line 2 has a name for the second time"
            })
    void aBadLineIsNamedByItsNumberAndNotShown(String line, String said) throws IOException {
        assertThat(problem("anne:" + HASH + "\n" + line + "\n"))
                .contains("proxyUsers", said)
                .doesNotContain("hunter2", "bert", "$2y");
    }

    @Test
    void aFileThatIsNotThereOrEmptyIsAProblem() throws IOException {
        assertThat(problem("")).contains("it has no user");
        assertThat(Given.nothing()
                        .servlet("forwardProxy", "/-forward/*", "allow", "*", "proxyUsers", "/no/such/file")
                        .commandLine("forwardProxy.proxyTo", "{target}")
                        .problems()
                        .toString())
                .contains("it is not there, or cannot be read");
    }

    @Test
    void anotherRouteThanTheForwardProxysAsksNobody() throws IOException {
        Path file = Files.writeString(folder.resolve("users"), "anne:" + HASH + "\n");
        assertThat(Given.route("proxyTo", "http://a", "proxyUsers", file.toString())
                        .problems())
                .singleElement()
                .asString()
                .contains("the forward proxy alone");
    }

    @Test
    void theForwardProxysProxyToIsTheLaunchersAlone() {
        assertThat(Given.route("proxyTo", "{target}", "allow", "*").problems())
                .singleElement()
                .asString()
                .contains("--forward-proxy");
    }
}
