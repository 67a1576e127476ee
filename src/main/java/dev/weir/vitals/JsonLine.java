package dev.weir.vitals;

import dev.weir.config.AddressRanges;
import dev.weir.config.RouteConfiguration;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;

/** A JSON object with the names of the Elastic Common Schema, and {@code weir.} before our own; what there was not is left out. */
final class JsonLine implements LineFormat {
    private static final String ECS_VERSION = "8.11.0";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String HTTP = "HTTP/";
    private static final int FIRST_ERROR = 400;
    private static final long NANOS_A_MICRO = 1000;
    private static final double MICROS_A_MILLI = 1000;
    private static final int LAST_ASCII = '~';

    private final JSON json = new JSON();

    @Override
    public void append(Report report, StringBuilder line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        ClientRequest client = report.client().orElse(NOBODY);
        fields.put("@timestamp", TIME.format(Instant.ofEpochMilli(report.beganMillis())));
        fields.put("ecs.version", ECS_VERSION);
        addEvent(report, fields);
        addHttp(report, client, fields);
        addUrl(report, client, fields);
        addEnds(report, client, fields);
        addOurs(report, fields);
        appendAscii(json.toJSON(fields), line);
    }

    private static void addEvent(Report report, Map<String, Object> fields) {
        fields.put("event.kind", "event");
        fields.put("event.dataset", "weir.access");
        fields.put("event.category", new String[] {"web"});
        fields.put("event.type", new String[] {"access"});
        fields.put("event.outcome", outcome(report));
        fields.put("event.duration", report.totalNanos());
    }

    /** What the client makes of it: of one that has left nobody knows. */
    private static String outcome(Report report) {
        if (report.outcome() == Outcome.CLIENT_GONE) {
            return "unknown";
        }
        return report.outcome() == Outcome.OK && report.status() < FIRST_ERROR ? "success" : "failure";
    }

    private static void addHttp(Report report, ClientRequest client, Map<String, Object> fields) {
        String version = client.version();
        add(fields, "http.version", version == null || !version.startsWith(HTTP) ? version : version.substring(5));
        add(fields, "http.request.method", report.method());
        add(fields, "http.request.id", client.requestId());
        add(fields, "http.request.referrer", client.referer());
        fields.put("http.request.body.bytes", report.receivedBytes());
        if (report.status() != 0) {
            fields.put("http.response.status_code", report.status());
        }
        fields.put("http.response.body.bytes", report.sentBytes());
        add(fields, "user_agent.original", client.userAgent());
    }

    private static void addUrl(Report report, ClientRequest client, Map<String, Object> fields) {
        String target = client.target() == null ? report.path() : client.target();
        add(fields, "url.original", target);
        add(fields, "url.domain", domain(client.host()));
        int authority = target == null ? -1 : target.indexOf("://");
        boolean absolute = authority >= 0 && !target.startsWith("/");
        int start = absolute ? target.indexOf('/', authority + "://".length()) : 0;
        if (target == null || start < 0 || "CONNECT".equals(report.method())) {
            return;
        }
        int query = target.indexOf('?', start);
        add(fields, "url.path", target.substring(start, query < 0 ? target.length() : query));
        add(fields, "url.query", query < 0 ? null : target.substring(query + 1));
    }

    /** Without the port. */
    private static String domain(String host) {
        return host == null ? null : host.replaceFirst(":\\d*$", "");
    }

    private static void addEnds(Report report, ClientRequest client, Map<String, Object> fields) {
        if (client.address() != null) {
            add(fields, "source.ip", AddressRanges.literal(client.address()));
            fields.put("source.port", client.port());
        }
        add(fields, "user.name", client.user());
        report.upstream().ifPresent(upstream -> {
            add(fields, "destination.address", upstream.host());
            fields.put("destination.port", upstream.port());
        });
        TraceParent.of(client.traceParent()).ifPresent(trace -> {
            fields.put("trace.id", trace.traceId());
            fields.put("span.id", trace.spanId());
        });
    }

    private static void addOurs(Report report, Map<String, Object> fields) {
        fields.put("weir.outcome", report.outcome().label());
        add(fields, "weir.sentence", report.sentence().orElse(null));
        add(
                fields,
                "weir.route",
                report.route().map(RouteConfiguration::servletName).orElse(null));
        addMillis(fields, "weir.queue_ms", report.queuedNanos());
        addMillis(fields, "weir.connect_ms", report.connectingNanos());
        addMillis(fields, "weir.first_byte_ms", report.firstByteNanos());
        addMillis(fields, "weir.total_ms", report.totalNanos());
        fields.put("weir.retries", report.retries());
    }

    private static void add(Map<String, Object> fields, String name, String text) {
        if (text != null && !text.isEmpty()) {
            fields.put(name, LogText.shortened(text));
        }
    }

    private static void addMillis(Map<String, Object> fields, String name, long nanos) {
        if (nanos != Report.UNKNOWN) {
            fields.put(name, nanos / NANOS_A_MICRO / MICROS_A_MILLI);
        }
    }

    /** Jetty escapes what JSON asks for; some readers of lines also end one at U+0085 and U+2028. */
    private static void appendAscii(String text, StringBuilder line) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character <= LAST_ASCII) {
                line.append(character);
            } else {
                line.append(String.format("\\u%04x", (int) character));
            }
        }
    }
}
