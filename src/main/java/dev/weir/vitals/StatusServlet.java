package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.limits.AutoLimits;
import dev.weir.limits.Descriptors;
import dev.weir.limits.Drain;
import dev.weir.limits.InFlight;
import dev.weir.upstream.BudgetSnapshot;
import dev.weir.upstream.DestinationSnapshot;
import dev.weir.upstream.UpstreamClient;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;

/**
 * The pages below {@code statusPath}: {@code status.json} says how full Weir is, to whom {@code statusAllow} lets in.
 * It stands beside the chain and not behind it, so that it answers when everything else is full.
 */
public final class StatusServlet extends HttpServlet {
    /** The servlet's name, by which an error page knows whom a request was for. */
    public static final String NAME = "weirStatus";

    /** The answer to every method but GET and HEAD. */
    public static final Refusal READ_ONLY =
            new Refusal(Outcome.METHOD_REFUSED, "This page is there to be read, with GET or HEAD.");

    private static final long serialVersionUID = 1;

    private final transient StatusAccess access;
    private final String home;

    private StatusServlet(StatusAccess access, String home) {
        this.access = access;
        this.home = home;
    }

    /** Adds the pages to the web application that is starting. */
    public static void register(ServletContext context, Configuration configuration, String home) {
        StatusAccess access = new StatusAccess(configuration.shared().get(SharedParameters.STATUS_ALLOW));
        var registration = context.addServlet(NAME, new StatusServlet(access, home));
        registration.addMapping(configuration.shared().get(SharedParameters.STATUS_PATH) + "/*");
        registration.setAsyncSupported(true);
    }

    /** Lets in first, then looks at the method: the inherited answer to TRACE would echo what the client sent. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String method = request.getMethod();
        if (!access.isAllowed(request)) {
            new Refusal(Outcome.DENIED, "This page is for the addresses in weir.statusAllow, asked for directly.")
                    .writeTo(request, response);
        } else if (method.equals("GET") || method.equals("HEAD")) {
            super.service(request, response);
        } else {
            READ_ONLY.writeTo(request, response);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("/status.json".equals(request.getPathInfo())) {
            byte[] body = new JSON().toJSON(status()).getBytes(StandardCharsets.UTF_8);
            response.setContentType("application/json");
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } else {
            new Refusal(Outcome.NO_ROUTE, "There is no such page here; status.json is.").writeTo(request, response);
        }
    }

    private Map<String, Object> status() {
        InFlight inFlight = shared(InFlight.class);
        List<DestinationSnapshot> destinations = shared(UpstreamClient.class).snapshot();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("home", home);
        status.put("draining", shared(Drain.class).isDraining());
        status.put("inFlight", inFlight.count());
        status.put("maxInFlight", inFlight.max());
        status.put("descriptors", descriptors());
        status.put(
                "leased",
                destinations.stream().mapToInt(DestinationSnapshot::leased).sum());
        status.put(
                "queued",
                destinations.stream().mapToInt(DestinationSnapshot::queued).sum());
        status.put("connections", budget(shared(UpstreamClient.class).budget()));
        status.put("destinations", destinations.stream().map(StatusServlet::row).toArray());
        return status;
    }

    private static Map<String, Object> budget(BudgetSnapshot budget) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("budget", budget.max());
        row.put("open", budget.open());
        row.put("idle", budget.idle());
        row.put("waitingDestinations", budget.waiting());
        row.put("evictions", budget.evictions());
        return row;
    }

    /** The limit is null where the system names none. */
    private Map<String, Object> descriptors() {
        Descriptors descriptors = shared(Descriptors.class);
        AutoLimits limits = descriptors.limits();
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("limit", limits.isLimited() ? limits.descriptors() : null);
        counts.put("open", descriptors.open());
        counts.put("reserve", limits.reserve());
        counts.put("low", descriptors.isLow());
        counts.put("connectionBudget", limits.connectionBudget());
        counts.put("maxClients", limits.maxClients());
        return counts;
    }

    private static Map<String, Object> row(DestinationSnapshot destination) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("origin", destination.origin());
        row.put("leased", destination.leased());
        row.put("idle", destination.idle());
        row.put("opening", destination.opening());
        row.put("queued", destination.queued());
        row.put("sockets", destination.sockets());
        return row;
    }

    private <T> T shared(Class<T> type) {
        return type.cast(getServletContext().getAttribute(type.getName()));
    }
}
