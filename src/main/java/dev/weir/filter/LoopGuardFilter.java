package dev.weir.filter;

import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.InstanceId;
import dev.weir.exchange.Ourselves;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpField;

/**
 * Refuses what would lead straight back, as {@link Ourselves} knows it, and what has been here before: our own id in {@code Via} (RFC 9110 §7.6.3) or {@code CDN-Loop} (RFC 8586), more
 * Weirs than {@code maxHops}, or {@code Max-Forwards} run out (RFC 9110 §7.6.2). Marks what goes on in {@code CDN-Loop};
 * {@link ForwardedFilter} does so in {@code Via}.
 */
public final class LoopGuardFilter extends ChainFilter {
    private static final long serialVersionUID = 1;
    private static final String CDN_LOOP = "CDN-Loop";

    private transient InstanceId self;
    private transient Ourselves ourselves;
    /** What goes on where nobody has marked the request before, as most. */
    private transient HttpField first;

    private int maxHops;

    @Override
    public void init() {
        self = shared(InstanceId.class);
        first = new HttpField(CDN_LOOP, self.cdnLoop());
        ourselves = shared(Ourselves.class);
        maxHops = shared(Configuration.class).shared().get(SharedParameters.MAX_HOPS);
    }

    @Override
    protected boolean filter(Exchange exchange) throws IOException {
        List<String> cdnLoop = values(exchange.request(), CDN_LOOP);
        String loop = loop(exchange, cdnLoop, values(exchange.request(), "Via"));
        if (loop != null) {
            return refuse(exchange, loop);
        }
        if (!countForwards(exchange)) {
            return false;
        }
        String passed = cdnLoop.isEmpty() ? "" : String.join(", ", cdnLoop);
        exchange.upstreamFields()
                .add(passed.isEmpty() ? first : new HttpField(CDN_LOOP, passed + ", " + self.cdnLoop()));
        return true;
    }

    /** The sentence that tells of a loop, or null where there is none to be seen. */
    private String loop(Exchange exchange, List<String> cdnLoop, List<String> via) {
        String route = exchange.route().servletName();
        ourselves.learnFrom(exchange.request());
        UpstreamUrl upstream = exchange.route().upstream().orElse(null);
        if (upstream != null && ourselves.areAt(upstream)) {
            return "The upstream of route " + route + ", " + upstream.origin()
                    + ", is this Weir itself. Change its proxyTo.";
        }
        if (cdnLoop.isEmpty() && via.isEmpty()) {
            return null; // straight from a client, as most
        }
        if (cdnLoop.stream().anyMatch(self::isIn) || via.stream().anyMatch(self::isIn)) {
            return "This request has passed this Weir before: the upstream of route " + route
                    + " leads back here. Change the proxyTo of one of the hops.";
        }
        // Each Weir is in both; the larger count holds where a hop between them has dropped one of the fields.
        int hops = Math.max(weirs(cdnLoop), weirs(via));
        return hops < maxHops
                ? null
                : "This request has passed " + hops + " Weirs; weir.maxHops allows " + maxHops + ".";
    }

    private static int weirs(List<String> values) {
        return values.stream().mapToInt(InstanceId::weirsIn).sum();
    }

    private boolean countForwards(Exchange exchange) throws IOException {
        OptionalInt forwards = MaxForwards.of(exchange.request());
        if (forwards.isEmpty()) {
            return true;
        }
        if (forwards.getAsInt() > 0) {
            exchange.upstreamFields().add(MaxForwards.FIELD, Integer.toString(forwards.getAsInt() - 1));
            return true;
        }
        if ("OPTIONS".equals(exchange.request().getMethod())) {
            exchange.response().setHeader("Allow", Refusal.ALLOWED_METHODS);
            exchange.response().setContentLength(0);
            exchange.report().answeredHere(HttpServletResponse.SC_OK);
            return false;
        }
        return refuse(exchange, "Max-Forwards ran out here: the request may not be forwarded once more.");
    }

    private static boolean refuse(Exchange exchange, String sentence) throws IOException {
        exchange.refuse(new Refusal(Outcome.LOOP, sentence));
        return false;
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return request.getHeader(name) == null ? List.of() : Collections.list(request.getHeaders(name));
    }
}
