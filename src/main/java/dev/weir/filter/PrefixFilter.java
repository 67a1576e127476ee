package dev.weir.filter;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Ourselves;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.route.BadTargetException;
import dev.weir.route.Prefix;
import dev.weir.route.Target;
import dev.weir.route.WayBack;
import java.io.IOException;
import java.util.HashMap;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * Cuts the prefix on the way in and says where the request goes, target and {@code Host}; on the way out maps Location,
 * Content-Location, Refresh, Link and Set-Cookie back behind the prefix, where they name the upstream.
 */
public final class PrefixFilter extends ChainFilter {
    private static final long serialVersionUID = 1;
    private static final String HOST = "Host";

    /** One route, worked out once. {@code wayBack} is empty where {@code rewrite} is off. */
    private record Mapping(UpstreamUrl upstream, Prefix prefix, Optional<WayBack> wayBack) {}

    private final transient Map<String, Mapping> mappings = new HashMap<>();
    private final transient Map<String, OpenRoute> openRoutes = new HashMap<>();

    @Override
    public void init() {
        String contextPath = getServletContext().getContextPath();
        for (RouteConfiguration route : shared(Configuration.class).routes()) {
            route.upstream()
                    .ifPresent(upstream -> mappings.put(route.servletName(), mapping(route, upstream, contextPath)));
            route.template()
                    .ifPresent(template -> openRoutes.put(
                            route.servletName(), OpenRoute.of(route, template, contextPath, shared(Ourselves.class))));
        }
    }

    private static Mapping mapping(RouteConfiguration route, UpstreamUrl upstream, String contextPath) {
        Prefix prefix = new Prefix(contextPath + route.prefix());
        WayBack wayBack =
                new WayBack(upstream.httpScheme(), upstream.host(), upstream.port(), upstream.path(), prefix.path());
        boolean rewrite = route.values().get(RouteParameters.REWRITE);
        return new Mapping(upstream, prefix, rewrite ? Optional.of(wayBack) : Optional.empty());
    }

    @Override
    protected boolean filter(Exchange exchange) throws IOException {
        String servlet = exchange.route().servletName();
        OpenRoute open = openRoutes.get(servlet);
        if (open != null) {
            Refusal refusal = open.lead(exchange);
            if (refusal != null) {
                exchange.refuse(refusal);
                return false;
            }
            putFirst(exchange.upstreamFields(), hostToSend(exchange, exchange.upstream()));
            return true;
        }
        Mapping mapping = mappings.get(servlet);
        if (mapping == null) {
            // Not configured yet: the servlet answers that.
            return true;
        }
        try {
            String remainder = mapping.prefix().cut(exchange.request().getRequestURI());
            String query = exchange.request().getQueryString();
            exchange.sendTo(
                    mapping.upstream(), Target.requestTarget(mapping.upstream().path(), remainder, query));
        } catch (BadTargetException refused) {
            exchange.refuse(new Refusal(Outcome.BAD_TARGET, refused.getMessage()));
            return false;
        }
        String host = hostToSend(exchange, mapping.upstream());
        putFirst(exchange.upstreamFields(), host);
        mapping.wayBack()
                .ifPresent(wayBack -> exchange.onResponseHead(() -> mapBack(exchange.clientFields(), wayBack, host)));
        return true;
    }

    private static String hostToSend(Exchange exchange, UpstreamUrl upstream) {
        Optional<String> fixed = exchange.route().values().get(RouteParameters.HOST_HEADER);
        if (fixed.isPresent()) {
            return fixed.get();
        }
        boolean preserve = exchange.route().values().get(RouteParameters.PRESERVE_HOST);
        return preserve ? exchange.hostAsked() : upstream.hostAndPort();
    }

    /** RFC 9110 §7.2: Host should be the first field. */
    private static void putFirst(HttpFields.Mutable fields, String host) {
        fields.remove(HOST);
        HttpField field = new HttpField(HOST, host);
        ListIterator<HttpField> start = fields.listIterator();
        start.add(field);
    }

    static void mapBack(HttpFields.Mutable fields, WayBack wayBack, String host) {
        for (ListIterator<HttpField> all = fields.listIterator(); all.hasNext(); ) {
            HttpField field = all.next();
            String value = field.getValue();
            if (value == null) {
                continue;
            }
            String mapped = switch (field.getLowerCaseName()) {
                case "location", "content-location" -> wayBack.location(value, host);
                case "refresh" -> wayBack.refresh(value, host);
                case "link" -> wayBack.link(value, host);
                case "set-cookie" -> wayBack.setCookie(value);
                default -> value;
            };
            if (!mapped.equals(value)) {
                all.set(new HttpField(field.getName(), mapped));
            }
        }
    }
}
