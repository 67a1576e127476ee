package dev.weir.vitals;

import dev.weir.exchange.Report;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The page {@code metrics}: everything that is measured, for Prometheus, as {@code docs/metrics.md} lists it.
 *
 * <p>Threads: any; one scrape at a time.
 */
final class Metrics implements ReportListener, Page, AutoCloseable {
    static final String TEXT = "text/plain;version=0.0.4;charset=utf-8";
    static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0;charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RequestMeters requests;
    private final BoundMeters bounds;
    private final JvmMeters jvm;

    /**
     * The JVM's beans know of it until it is closed.
     *
     * @param lostLines how many lines the access log has lost so far
     */
    Metrics(Instruments instruments, Readiness readiness, LongSupplier lostLines) {
        jvm = new JvmMeters(registry); // first, for it leaves one out, and filters must come before all meters
        requests = new RequestMeters(registry, instruments.configuration());
        bounds = new BoundMeters(registry, instruments, readiness);
        FunctionCounter.builder("weir.access_log.lost", lostLines, LongSupplier::getAsLong)
                .description("Lines that the access log had no room for.")
                .register(registry);
    }

    @Override
    public void ended(Report report) {
        requests.ended(report);
    }

    @Override
    public Optional<Content> content(HttpServletRequest request, String rest) {
        return rest.isEmpty() ? Optional.of(scrape(request.getHeader("Accept"))) : Optional.empty();
    }

    /** What is measured now, in the form that an {@code Accept} field prefers; null is text. */
    synchronized Content scrape(String accept) {
        bounds.refresh();
        String contentType =
                MediaRanges.prefer(accept, "application/openmetrics-text", "text/plain") ? OPEN_METRICS : TEXT;
        return Content.of(contentType, registry.scrape(contentType));
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
