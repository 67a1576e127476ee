package dev.weir.filter;

import dev.weir.config.DestinationRules;
import dev.weir.config.DestinationRules.Verdict;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.UpstreamTemplate;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ForwardTarget;
import dev.weir.exchange.Ourselves;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.route.AbsoluteForm;
import dev.weir.route.BadTargetException;
import dev.weir.route.OpenTarget;
import dev.weir.route.Prefix;
import dev.weir.route.Target;
import dev.weir.route.WayBack;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpFields;

/**
 * A route whose requests say where they lead: finds the destination, and refuses what {@code allow} and {@code deny} or
 * common sense forbid before a name is looked up. The upstream client holds the addresses to the same rules.
 *
 * <p>Cookies stop here, both ways. To a browser all destinations are one host, ours: each would get what another one, or an
 * application of our own, has set, and could set cookies for them.
 */
record OpenRoute(
        UpstreamTemplate template, Prefix prefix, DestinationRules rules, boolean rewrite, Ourselves ourselves) {
    private static final int NOT_FOUND = 404;

    static OpenRoute of(RouteConfiguration route, UpstreamTemplate template, String contextPath, Ourselves ourselves) {
        return new OpenRoute(
                template,
                new Prefix(contextPath + route.prefix()),
                DestinationRules.of(route),
                route.values().get(RouteParameters.REWRITE),
                ourselves);
    }

    /** Says where the request goes and registers the way back; returns the refusal where it goes nowhere, or null. */
    Refusal lead(Exchange exchange) {
        ForwardTarget forward = ForwardTarget.of(exchange.request());
        if (!template.isTarget()) {
            return leadByPath(exchange);
        }
        return forward == null ? Refusal.ofStatus(NOT_FOUND) : leadTo(exchange, forward);
    }

    /** Like a client of HTTP: what it asked for goes out, and what comes back is its own matter, cookies included. */
    private Refusal leadTo(Exchange exchange, ForwardTarget forward) {
        if ("CONNECT".equals(exchange.request().getMethod())) {
            return connectTo(exchange, forward);
        }
        try {
            AbsoluteForm asked = AbsoluteForm.of(exchange.request().getMethod(), forward.text());
            if (asked.upstream().scheme().equals("https") && !exchange.request().isSecure()) {
                return new Refusal(
                        Outcome.BAD_TARGET,
                        "An https URL is not served to a client in clear text; it can ask with CONNECT.");
            }
            Refusal refusal = refusal(asked.upstream(), asked.upstream().origin());
            if (refusal == null) {
                exchange.sendTo(asked.upstream(), asked.rest());
            }
            return refusal;
        } catch (BadTargetException bad) {
            return new Refusal(Outcome.BAD_TARGET, bad.getMessage());
        }
    }

    private Refusal connectTo(Exchange exchange, ForwardTarget forward) {
        HttpServletRequest request = exchange.request();
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            return new Refusal(Outcome.BAD_REQUEST, "CONNECT has a body, which means nothing there (RFC 9110 9.3.6).");
        }
        try {
            UpstreamUrl asked = AbsoluteForm.authority(forward.text());
            Refusal refusal = refusal(asked, asked.authority());
            if (refusal == null) {
                exchange.connectTo(asked);
            }
            return refusal;
        } catch (BadTargetException bad) {
            return new Refusal(Outcome.BAD_TARGET, bad.getMessage());
        }
    }

    private Refusal leadByPath(Exchange exchange) {
        OpenTarget found;
        String target;
        try {
            found = OpenTarget.of(template, prefix, exchange.request().getRequestURI());
            String query = exchange.request().getQueryString();
            target = Target.requestTarget(found.upstream().path(), found.rest(), query);
        } catch (BadTargetException bad) {
            return new Refusal(Outcome.BAD_TARGET, bad.getMessage());
        }
        Refusal refusal = refusal(found.upstream(), found.upstream().origin());
        if (refusal == null) {
            exchange.sendTo(found.upstream(), target);
            exchange.upstreamFields().remove("Cookie");
            exchange.onResponseHead(() -> wayBack(exchange.clientFields(), found));
        }
        return refusal;
    }

    private Refusal refusal(UpstreamUrl upstream, String name) {
        if (ourselves.areNamedBy(upstream)) {
            return new Refusal(Outcome.LOOP, name + " is this Weir itself.");
        }
        Verdict verdict = rules.ofHost(upstream.host(), upstream.port());
        return verdict == Verdict.ALLOWED ? null : new Refusal(Outcome.DENIED, rules.sentence(verdict, name));
    }

    private void wayBack(HttpFields.Mutable fields, OpenTarget found) {
        fields.remove("Set-Cookie");
        fields.remove("Set-Cookie2");
        if (rewrite) {
            UpstreamUrl upstream = found.upstream();
            WayBack wayBack =
                    new WayBack(upstream.scheme(), upstream.host(), upstream.port(), upstream.path(), found.prefix());
            PrefixFilter.mapBack(fields, wayBack, upstream.hostAndPort());
            String elsewhere = template.isAny() ? fields.get("Location") : null;
            String here = elsewhere == null ? null : OpenTarget.found(prefix, elsewhere);
            if (here != null) {
                fields.put("Location", here);
            }
        }
    }
}
