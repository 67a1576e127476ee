package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Home;
import dev.weir.exchange.Refusal;
import dev.weir.exchange.Report;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.jetty.util.ajax.JSON;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Weir says about itself: hears of every request that is over, once, and passes it on to whoever counts, lists or logs
 * them; and the pages that show it.
 *
 * <p>Threads: any; hearing blocks nobody.
 */
public final class Vitals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

    private final Traffic traffic;
    private final RecentFailures failures = new RecentFailures();
    private final Watch watch;
    private final Metrics metrics;
    private final BeanRegistration bean;
    /** Null where it is off. */
    private final AccessLog accessLog;

    private final List<ReportListener> listeners;

    private Vitals(String contextPath, Instruments instruments) {
        traffic = new Traffic(instruments.configuration());
        watch = new Watch(instruments, traffic);
        accessLog = AccessLog.start(instruments.configuration().shared().get(SharedParameters.ACCESS_LOG));
        metrics = new Metrics(instruments, watch.readiness(), () -> accessLog == null ? 0 : accessLog.dropped());
        bean = new BeanRegistration(new WeirBean(instruments, watch.readiness()), contextPath);
        listeners = accessLog == null
                ? List.of(traffic, failures, metrics)
                : List.of(traffic, failures, metrics, accessLog);
    }

    /** Starts watching, and adds the pages to the web application that is starting. */
    public static Vitals start(ServletContext context, Home home, Instruments instruments) {
        Vitals vitals = new Vitals(context.getContextPath(), instruments);
        vitals.watch.start();
        try {
            vitals.register(context, home, instruments);
        } catch (RuntimeException refused) {
            vitals.close(); // or the JVM's beans would keep it
            throw refused;
        }
        return vitals;
    }

    private void register(ServletContext context, Home home, Instruments instruments) {
        Configuration configuration = instruments.configuration();
        StatusAccess access = new StatusAccess(configuration.shared().get(SharedParameters.STATUS_ALLOW), home);
        var registration = context.addServlet(
                StatusServlet.NAME, new StatusServlet(access, pages(instruments), Set.of("health", "outcomes")));
        String path = configuration.shared().get(SharedParameters.STATUS_PATH);
        registration.addMapping(path + "/*");
        context.setAttribute(Refusal.PAGES, context.getContextPath() + path + "/outcomes/");
        registration.setAsyncSupported(true);
    }

    private Map<String, Page> pages(Instruments instruments) {
        StatusPage status = new StatusPage(instruments, traffic, failures, watch);
        Map<String, Page> pages = new TreeMap<>();
        pages.put("metrics", metrics);
        pages.put("status", Page.of(request -> Assets.page()));
        pages.put("status.json", Page.of(request -> json(status.json(request.getParameter("history") != null))));
        pages.put("configuration.json", Page.of(request -> json(ConfigurationPage.json(instruments))));
        pages.put("assets", new Assets());
        pages.put("outcomes", new OutcomePages());
        pages.put("health", new HealthPage(watch.readiness()));
        return pages;
    }

    private static Page.Content json(Map<String, Object> json) {
        return Page.Content.of(Page.Content.JSON, new JSON().toJSON(json));
    }

    /** Those of a web application; empty until it has started. */
    public static Optional<Vitals> of(ServletContext context) {
        return Optional.ofNullable((Vitals) context.getAttribute(Vitals.class.getName()));
    }

    /** Whether reports are to keep what the client sent. */
    public boolean keepsClientRequests() {
        return accessLog != null;
    }

    /** A request that no route claims was answered, with so many bytes. */
    public void refused(HttpServletRequest request, Refusal refusal, int bytes) {
        Report report = new Report(null, request.getMethod(), request.getRequestURI(), Clock.SYSTEM);
        refused(report, refusal, bytes, () -> ClientRequest.of(request));
    }

    /** The same, of a request that no servlet has seen; what its client sent is asked for where somebody wants it. */
    public void refused(Report report, Refusal refusal, int bytes, Supplier<ClientRequest> client) {
        if (keepsClientRequests()) {
            report.keep(client.get());
        }
        report.sent(bytes);
        report.conclude(refusal);
        ended(report);
    }

    /** A request is over. */
    public void ended(Report report) {
        report.end();
        for (ReportListener listener : listeners) {
            try {
                listener.ended(report);
            } catch (RuntimeException bug) {
                LOG.error("A report was lost inside Weir", bug); // the exchange has ended well all the same
            }
        }
    }

    @Override
    public void close() {
        watch.close();
        metrics.close();
        bean.close();
        if (accessLog != null) {
            accessLog.close();
        }
    }
}
