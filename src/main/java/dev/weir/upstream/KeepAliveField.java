package dev.weir.upstream;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an upstream says that it keeps an idle connection: {@code Keep-Alive: timeout=n}, in seconds (RFC 2068
 * §19.7.1.1, which no later RFC took up and servers still send).
 */
final class KeepAliveField {
    static final long NOT_TOLD = Long.MAX_VALUE;

    /** We close first, by this much, so that a request does not cross with the upstream's FIN. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Pattern TIMEOUT =
            Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*\"?(\\d{1,9})(?!\\d)", Pattern.CASE_INSENSITIVE);

    private KeepAliveField() {}

    /** Nanoseconds, less a second, or half of them where that is more; {@link #NOT_TOLD} where there is no timeout. */
    static long idleNanos(String value) {
        Matcher matcher = TIMEOUT.matcher(value);
        if (!matcher.find()) {
            return NOT_TOLD;
        }
        long told = TimeUnit.SECONDS.toNanos(Long.parseLong(matcher.group(1)));
        return Math.max(told / 2, told - MARGIN_NANOS);
    }
}
