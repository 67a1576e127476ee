import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Maven makes of {@code bench/compare/peers}: the peers' jars and a Tomcat. Built when first asked for. Threads: one. */
final class Libraries {
    private static Optional<String> missing;

    private Libraries() {}

    static Path folder(Options options) {
        return target(options).resolve("lib");
    }

    static Path tomcat(Options options) throws IOException {
        try (Stream<Path> folders = Files.list(target(options).resolve("tomcat"))) {
            return folders.findFirst().orElseThrow(() -> new IOException("no Tomcat in " + target(options)));
        }
    }

    /** Why there are none; empty once there are. */
    static Optional<String> missing(Options options) {
        if (missing == null) {
            missing = build(project(options));
        }
        return missing;
    }

    private static Optional<String> build(Path project) {
        Progress.say("building the JVM peers: mvn package in " + project);
        String pom = project.resolve("pom.xml").toString();
        try {
            Command.output(List.of("mvn", "-q", "-B", "--no-transfer-progress", "-f", pom, "package"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "the JVM peers could not be built: " + e.getMessage().strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while building the JVM peers");
        }
    }

    private static Path project(Options options) {
        return options.repository.resolve("bench/compare/peers");
    }

    private static Path target(Options options) {
        return project(options).resolve("target");
    }
}
