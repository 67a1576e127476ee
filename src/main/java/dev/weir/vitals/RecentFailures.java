package dev.weir.vitals;

import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last {@value #MOST} requests that were refused or failed, and the last one of each destination, of at most
 * {@value #MOST_DESTINATIONS}.
 *
 * <p>Threads: any. A lock, held for a few steps, and only for what failed.
 */
final class RecentFailures implements ReportListener {
    static final int MOST = 50;
    static final int MOST_DESTINATIONS = 1024;
    /** Of a path or a sentence; a request head may be large, and fifty of them are kept. */
    private static final int MOST_CHARACTERS = 500;

    /**
     * One of them.
     *
     * @param route null where none claimed the request
     * @param destination null where it was not known yet
     */
    record Failure(
            long millis,
            String route,
            String method,
            String path,
            String destination,
            Outcome outcome,
            int status,
            String sentence) {}

    private final Deque<Failure> last = new ArrayDeque<>();
    private final Map<String, Failure> byDestination = new LinkedHashMap<>(16, 0.75f, true);

    @Override
    public void ended(Report report) {
        if (report.outcome() != Outcome.OK) {
            add(new Failure(
                    System.currentTimeMillis(),
                    report.route().map(RouteConfiguration::servletName).orElse(null),
                    shortened(report.method()),
                    shortened(report.path()),
                    report.upstream().map(UpstreamUrl::origin).orElse(null),
                    report.outcome(),
                    report.status(),
                    shortened(report.sentence().orElse("The client left before its response was through."))));
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }

    private synchronized void add(Failure failure) {
        last.addFirst(failure);
        if (last.size() > MOST) {
            last.removeLast();
        }
        if (failure.destination() != null && failure.outcome() != Outcome.CLIENT_GONE) {
            byDestination.put(failure.destination(), failure);
            if (byDestination.size() > MOST_DESTINATIONS) {
                byDestination.remove(byDestination.keySet().iterator().next());
            }
        }
    }

    /** The newest first. */
    synchronized List<Failure> last() {
        return new ArrayList<>(last);
    }

    /** The last one of a destination, {@code scheme://host:port}. */
    synchronized Optional<Failure> last(String destination) {
        return Optional.ofNullable(byDestination.get(destination));
    }
}
