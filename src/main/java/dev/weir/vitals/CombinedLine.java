package dev.weir.vitals;

import dev.weir.config.AddressRanges;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Report;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Apache's combined format, in the system's time zone, and behind it what a proxy has to tell, as {@code name=value}:
 * milliseconds with three decimals, bytes of bodies. A dash is what there was not.
 */
final class CombinedLine implements LineFormat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ENGLISH);
    private static final int NANOS_A_MICRO = 1000;
    private static final int MICROS_A_MILLI = 1000;
    private static final int MILLIS_A_SECOND = 1000;

    private final ZoneId zone;
    private long second = Long.MIN_VALUE;
    /** Of that second: most lines of a batch share it. */
    private String time;

    CombinedLine(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public void append(Report report, StringBuilder line) {
        ClientRequest client = report.client().orElse(NOBODY);
        LogText.word(line, client.address() == null ? null : AddressRanges.literal(client.address()));
        line.append(" - ");
        LogText.word(line, client.user());
        line.append(' ').append(time(report.beganMillis())).append(" \"");
        LogText.word(line, report.method());
        line.append(' ');
        LogText.word(line, client.target() == null ? report.path() : client.target());
        line.append(' ');
        LogText.word(line, client.version());
        line.append("\" ");
        numberOrDash(line, report.status());
        line.append(' ');
        numberOrDash(line, report.sentBytes());
        line.append(" \"");
        LogText.quoted(line, client.referer());
        line.append("\" \"");
        LogText.quoted(line, client.userAgent());
        line.append('"');
        appendOurs(report, client, line);
    }

    private static void appendOurs(Report report, ClientRequest client, StringBuilder line) {
        line.append(" outcome=").append(report.outcome().label()).append(" route=");
        LogText.word(line, report.route().map(RouteConfiguration::servletName).orElse(null));
        line.append(" to=");
        LogText.word(line, destination(report));
        appendMillis(line, " queue=", report.queuedNanos());
        appendMillis(line, " connect=", report.connectingNanos());
        appendMillis(line, " first=", report.firstByteNanos());
        appendMillis(line, " total=", report.totalNanos());
        line.append(" in=").append(report.receivedBytes());
        line.append(" out=").append(report.sentBytes());
        line.append(" retries=").append(report.retries()).append(" id=");
        LogText.word(line, client.requestId());
    }

    /** What is spoken through a CONNECT is nobody's business. */
    private static String destination(Report report) {
        UpstreamUrl upstream = report.upstream().orElse(null);
        if (upstream == null) {
            return null;
        }
        return "CONNECT".equals(report.method()) ? upstream.authority() : upstream.origin();
    }

    private String time(long millis) {
        long asked = Math.floorDiv(millis, MILLIS_A_SECOND);
        if (asked != second) {
            second = asked;
            time = TIME.format(Instant.ofEpochSecond(asked).atZone(zone));
        }
        return time;
    }

    private static void numberOrDash(StringBuilder line, long number) {
        if (number == 0) {
            line.append('-');
        } else {
            line.append(number);
        }
    }

    private static void appendMillis(StringBuilder line, String name, long nanos) {
        line.append(name);
        if (nanos == Report.UNKNOWN) {
            line.append('-');
            return;
        }
        long micros = nanos / NANOS_A_MICRO;
        long rest = micros % MICROS_A_MILLI;
        line.append(micros / MICROS_A_MILLI).append('.');
        line.append(rest < 100 ? rest < 10 ? "00" : "0" : "").append(rest);
    }
}
