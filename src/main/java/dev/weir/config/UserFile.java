package dev.weir.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The users of a file, {@code NAME:HASH} a line, the hashes bcrypt's as {@code htpasswd -B} makes them; at most
 * {@value #MOST_USERS}. Empty lines and those that begin with {@code #} count for nothing. What is wrong with a file is
 * said with the number of the line and never with what stands there.
 *
 * @param hashes by name, in the order of the file
 */
public record UserFile(Map<String, String> hashes) {
    private static final String EXPECTED = "a readable file of NAME:HASH lines, such as htpasswd -B writes";
    private static final int MOST_USERS = 10_000;
    private static final long MOST_BYTES = 1024 * 1024;
    /** Beyond 14, a single password takes the processor for a second and more. */
    private static final Pattern LINE = Pattern.compile(
            "(?<name>[^:\\p{Cntrl}]{1,255}):(?<hash>\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53})\\s*");

    static final Format<Path> FORMAT = new Format<>("the path of " + EXPECTED, text -> {
        Path path = Path.of(text);
        read(path);
        return path;
    });

    /** Copies what it is given. */
    public UserFile {
        hashes = Map.copyOf(hashes);
    }

    /**
     * Reads a file.
     *
     * @throws BadValueException where it cannot be read, or a line is none of these
     */
    public static UserFile read(Path path) {
        Map<String, String> hashes = new LinkedHashMap<>();
        List<String> lines = lines(path);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String number = "line " + (i + 1);
            Matcher parts = LINE.matcher(line);
            require(parts.matches(), number + " is none with a bcrypt hash of a cost from 4 to 14");
            require(
                    hashes.put(parts.group("name"), parts.group("hash")) == null,
                    number + " has a name for the second time");
            require(hashes.size() <= MOST_USERS, number + " is one user more than " + MOST_USERS);
        }
        require(!hashes.isEmpty(), "it has no user");
        return new UserFile(hashes);
    }

    private static List<String> lines(Path path) {
        try {
            require(Files.isRegularFile(path) && Files.isReadable(path), "it is not there, or cannot be read");
            require(Files.size(path) <= MOST_BYTES, "it is larger than 1 MiB");
            return Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notText) {
            throw new BadValueException(EXPECTED + "; it is no UTF-8");
        } catch (IOException unreadable) {
            throw new BadValueException(EXPECTED + "; it is not there, or cannot be read");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BadValueException(EXPECTED + "; " + otherwise);
        }
    }

    /** How many, and nothing of them. */
    @Override
    public String toString() {
        return hashes.size() + " users";
    }
}
