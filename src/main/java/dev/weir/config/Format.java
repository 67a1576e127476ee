package dev.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How one kind of value is written: what to expect, and how to read it. A reader throws {@link BadValueException} where
 * it knows better words than {@code expected}, and any other {@link IllegalArgumentException} where it does not.
 */
record Format<T>(String expected, Function<String, T> reader) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h)?");
    private static final Map<String, Long> UNIT_MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(KiB|MiB)?");
    private static final Map<String, Long> UNIT_BYTES = Map.of("KiB", 1024L, "MiB", 1024L * 1024);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    T read(String text) {
        try {
            return reader.apply(text.strip());
        } catch (BadValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadValueException(expected);
        }
    }

    /** Both bounds are values themselves, and written like them. */
    static Format<Duration> duration(String least, String most) {
        long min = units(DURATION, UNIT_MILLIS, least);
        long max = units(DURATION, UNIT_MILLIS, most);
        return new Format<>(
                "a duration from " + least + " to " + most + ", such as 250ms, 10s, 5m, 1h or plain milliseconds",
                text -> Duration.ofMillis(within(units(DURATION, UNIT_MILLIS, text), min, max)));
    }

    static Format<Integer> size(String least, String most) {
        long min = units(SIZE, UNIT_BYTES, least);
        long max = units(SIZE, UNIT_BYTES, most);
        return new Format<>("a size from " + least + " to " + most + ", such as 16KiB, 1MiB or plain bytes", text ->
                (int) within(units(SIZE, UNIT_BYTES, text), min, max));
    }

    static Format<Integer> number(int least, int most) {
        return new Format<>("a whole number from " + least + " to " + most, text -> {
            require(NUMBER.matcher(text).matches());
            return (int) within(Long.parseLong(text), least, most);
        });
    }

    static Format<OptionalInt> numberOrAuto(int least, int most) {
        return numberOr("auto", least, most);
    }

    /** A number, or a word for the lack of one. */
    static Format<OptionalInt> numberOr(String word, int least, int most) {
        Format<Integer> number = number(least, most);
        return new Format<>(
                number.expected() + ", or " + word,
                text -> text.equals(word)
                        ? OptionalInt.empty()
                        : OptionalInt.of(number.reader().apply(text)));
    }

    /** One of an enumeration's names, in small letters. */
    static <E extends Enum<E>> Format<E> oneOf(Class<E> type) {
        String names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new Format<>("one of " + names, text -> {
            require(text.equals(text.toLowerCase(Locale.ROOT)));
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
    }

    static Format<Boolean> flag() {
        return new Format<>("true or false", text -> {
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        });
    }

    /** A text that matches {@code pattern} as a whole. */
    static Format<String> text(String expected, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new Format<>(expected, text -> {
            require(compiled.matcher(text).matches());
            return text;
        });
    }

    static Format<Path> certificates() {
        return new Format<>("the path of a readable file with PEM certificates", text -> {
            require(!text.isEmpty());
            Path path = Path.of(text);
            require(Files.isRegularFile(path));
            try {
                PemCertificates.read(path);
                return path;
            } catch (IOException | CertificateException cause) {
                throw new IllegalArgumentException(cause);
            }
        });
    }

    static <T> Format<Optional<T>> orNone(Format<T> format) {
        return new Format<>(format.expected() + ", or none", text -> {
            if (text.equals("none")) {
                return Optional.empty();
            }
            return Optional.of(format.reader().apply(text));
        });
    }

    private static long units(Pattern pattern, Map<String, Long> units, String text) {
        Matcher matcher = pattern.matcher(text);
        require(matcher.matches());
        long factor = matcher.group(2) == null ? 1 : units.get(matcher.group(2));
        return Long.parseLong(matcher.group(1)) * factor;
    }

    private static long within(long value, long least, long most) {
        require(value >= least && value <= most);
        return value;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
