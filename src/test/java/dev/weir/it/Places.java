package dev.weir.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the build put what the tests start, and where they write. */
final class Places {
    private Places() {}

    static Path war() {
        return place("weir.it.war", "target/weir.war");
    }

    /** The newest unpacked distribution whose folder's name starts so. */
    static Path distribution(String prefix) {
        return unpacked(place("weir.it.distributions", "target/homes"), prefix);
    }

    private static Path unpacked(Path homes, String prefix) {
        try (Stream<Path> unpacked = Files.list(homes)) {
            return unpacked.filter(home -> home.getFileName().toString().startsWith(prefix))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("no " + prefix + "* in " + homes));
        } catch (IOException e) {
            throw new UncheckedIOException("mvn pre-integration-test unpacks the distributions", e);
        }
    }

    /** The folder of the {@code examples} application that comes with Tomcat 11. */
    static Path examples() {
        Path unpacked = unpacked(place("weir.it.application", "target/application"), "apache-tomcat-11.");
        return unpacked.resolve("webapps/examples");
    }

    static Path jettyConfig() {
        return place("weir.it.jettyConfig", "jetty-config");
    }

    /** A fresh folder for one start. */
    static Path base(String start) {
        Path base =
                Path.of("target", "it", start + "-" + ProcessHandle.current().pid());
        delete(base);
        return folder(base);
    }

    static Path log(String start) {
        return folder(Path.of("target", "it-logs")).resolve(start + ".log");
    }

    static Path folder(Path path) {
        try {
            return Files.createDirectories(path.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder, if it is there, and what is in it. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path place(String property, String otherwise) {
        return Path.of(System.getProperty(property, otherwise)).toAbsolutePath();
    }
}
