package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.route.BadTargetException;
import dev.weir.route.Prefix;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@link Prefix#cut} lets through must stay below the base path, however naively an upstream resolves it. */
class ClimbReadingsTest {
    /** Give {@code -Dseed=} and {@code -Dremainders=} to run one again, or longer. */
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private static final int REMAINDERS = Integer.getInteger("remainders", 3_000);

    private static final List<String> NASTY =
            List.of("..", "%2e", "%2E%2e", "%2F", "%2f", "%5c", "\\", ";", "%3b", ".", "//", "/", "a", "/../", "/a");

    /** Separators of the doubtful kind only between names: next to dot segments, more is refused than need be. */
    private static final List<String> USUAL =
            List.of("..", "%2e", "%2E%2e", "a%2Fb", "a\\b", ";", "%3b", ".", "//", "/", "a", "/../", "/a");

    private static final Pattern PARAMS_TO_THE_NEXT_SLASH = Pattern.compile(";[^/]*");
    private static final Pattern PARAMS_TO_ANY_SEPARATOR = Pattern.compile("(?i);(?:(?!%2f|%5c)[^/\\\\])*");

    /** Each step is one that some server takes, and one that another leaves out. */
    private static final List<List<UnaryOperator<String>>> STEPS = List.of(
            List.of(p -> p, p -> without(PARAMS_TO_THE_NEXT_SLASH, p), p -> without(PARAMS_TO_ANY_SEPARATOR, p)),
            List.of(p -> p, p -> p.replaceAll("(?i)%2f", "/")),
            List.of(p -> p, p -> p.replaceAll("(?i)%5c", "\\\\")),
            List.of(p -> p, p -> p.replace('\\', '/')),
            List.of(p -> p, p -> p.replaceAll("(?i)%2e", ".").replaceAll("(?i)%3b", ";")),
            List.of(p -> p, p -> without(PARAMS_TO_THE_NEXT_SLASH, p), p -> without(PARAMS_TO_ANY_SEPARATOR, p)),
            List.of(p -> p, p -> p.replaceAll("/+", "/")));

    private static final List<UnaryOperator<String>> READINGS = readings();

    @Test
    void whatIsLetThroughClimbsInNoReading() {
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < REMAINDERS; i++) {
            String remainder = remainderOf(NASTY, random);
            if (isLetThrough(remainder)) {
                accepted++;
                assertThat(climbsOnceNormalized(remainder))
                        .as("java.net.URI climbs with %s (seed %d)", remainder, SEED)
                        .isFalse();
                for (UnaryOperator<String> reading : READINGS) {
                    String read = reading.apply(remainder);
                    assertThat(climbs(read))
                            .as("%s climbs when read as %s (seed %d)", remainder, read, SEED)
                            .isFalse();
                }
            }
        }
        assertThat(accepted).as("let through (seed %d)", SEED).isBetween(REMAINDERS / 10, REMAINDERS * 9 / 10);
    }

    @Test
    void whatIsRefusedClimbsInSomeReading() {
        Random random = new Random(SEED);
        for (int i = 0; i < REMAINDERS; i++) {
            String remainder = remainderOf(USUAL, random);
            if (!isLetThrough(remainder)) {
                assertThat(READINGS.stream().anyMatch(reading -> climbs(reading.apply(remainder))))
                        .as("%s needs no refusal (seed %d)", remainder, SEED)
                        .isTrue();
            }
        }
    }

    private static boolean isLetThrough(String remainder) {
        try {
            assertThat(new Prefix("/proxy").cut("/proxy" + remainder))
                    .as("seed %d", SEED)
                    .isEqualTo(remainder);
            return true;
        } catch (BadTargetException climbs) {
            return false;
        }
    }

    private static String remainderOf(List<String> alphabet, Random random) {
        StringBuilder remainder = new StringBuilder("/");
        int pieces = 1 + random.nextInt(9);
        for (int i = 0; i < pieces; i++) {
            remainder.append(alphabet.get(random.nextInt(alphabet.size())));
        }
        return remainder.toString();
    }

    private static List<UnaryOperator<String>> readings() {
        List<UnaryOperator<String>> readings = List.of(p -> p);
        for (List<UnaryOperator<String>> choices : STEPS) {
            List<UnaryOperator<String>> longer = new ArrayList<>();
            for (UnaryOperator<String> reading : readings) {
                for (UnaryOperator<String> step : choices) {
                    longer.add(path -> step.apply(reading.apply(path)));
                }
            }
            readings = longer;
        }
        return readings;
    }

    /** Segments between slashes, resolved with a counter; an empty one counts, where the reading has not merged it away. */
    private static boolean climbs(String path) {
        int depth = 0;
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.equals("..") && --depth < 0) {
                return true;
            }
            if (!segment.equals("..") && !segment.equals(".")) {
                depth++;
            }
        }
        return false;
    }

    private static boolean climbsOnceNormalized(String remainder) {
        try {
            String decoded = URLDecoder.decode(remainder, StandardCharsets.UTF_8);
            String resolved =
                    new URI("http", "up", "/base" + decoded, null).normalize().getPath();
            return !resolved.equals("/base") && !resolved.startsWith("/base/");
        } catch (URISyntaxException e) {
            throw new AssertionError(remainder, e);
        }
    }

    private static String without(Pattern params, String path) {
        return params.matcher(path).replaceAll("");
    }
}
