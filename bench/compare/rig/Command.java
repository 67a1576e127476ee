import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine that is run to its end. */
final class Command {
    /** Where Debian puts daemons, which need not be on the PATH of a user. */
    private static final String MORE_FOLDERS = ":/usr/sbin:/usr/local/sbin:/sbin";

    private static final int PATIENCE_SECONDS = 900;

    private Command() {}

    static Optional<Path> find(String program) {
        return Stream.of((System.getenv().getOrDefault("PATH", "") + MORE_FOLDERS).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Everything it printed; fails where it did not end well. */
    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed:\n" + text);
        }
        return text;
    }

    /** The first line of what it prints, whatever its exit status; empty where there is no such program. */
    static Optional<String> firstLine(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank()).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
