package dev.weir.filter;

import dev.weir.config.AddressRanges;
import dev.weir.config.Configuration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ForwardTarget;
import dev.weir.exchange.InstanceId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ListIterator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Says who asked, and that we passed it on: {@code Via} both ways (RFC 9110 §7.6.3), {@code Forwarded} (RFC 7239) and
 * {@code X-Forwarded-*} on the way in, and {@code X-Request-Id} where there is an access log to find it in.
 *
 * <p>What a trusted peer says is appended to; from anyone else these fields are removed and set afresh.
 */
public final class ForwardedFilter extends ChainFilter {
    private static final long serialVersionUID = 1;
    private static final String PREFIX = "X-Forwarded-Prefix";
    private static final String X_FORWARDED = "X-Forwarded-";
    private static final String HTTP_1_1 = "HTTP/1.1";
    private static final String REAL_IP = "X-Real-IP";

    private transient InstanceId self;
    private transient AddressRanges trustedPeers;
    private transient RequestIds requestIds;
    /** For each pseudonym the element of a message in HTTP/1.1 that nobody else has passed on, as most. */
    private transient Map<String, HttpField> usualVia;

    @Override
    public void init() {
        self = shared(InstanceId.class);
        trustedPeers = shared(Configuration.class).shared().get(SharedParameters.TRUSTED_PEERS);
        requestIds = new RequestIds();
        usualVia = shared(Configuration.class).routes().stream()
                .map(route -> route.values().get(RouteParameters.VIA_HOST))
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        pseudonym -> new HttpField(HttpHeader.VIA, self.via(HTTP_1_1, pseudonym))));
    }

    @Override
    protected boolean filter(Exchange exchange) {
        HttpServletRequest request = exchange.request();
        HttpFields.Mutable fields = exchange.upstreamFields();
        String peer = request.getRemoteAddr(); // once, for containers write it anew each time
        if (!trustedPeers.contains(peer)) {
            remove(fields);
        }
        if (exchange.route().values().get(RouteParameters.FORWARDED)) {
            addForwarded(exchange, AddressRanges.literal(peer), fields);
            requestIds.addTo(exchange, fields);
        }
        String pseudonym = exchange.route().values().get(RouteParameters.VIA_HOST);
        addVia(fields, request.getProtocol(), pseudonym);
        exchange.onResponseHead(() -> addVia(exchange.clientFields(), exchange.upstreamProtocol(), pseudonym));
        return true;
    }

    private static void addForwarded(Exchange exchange, String peer, HttpFields.Mutable fields) {
        HttpServletRequest request = exchange.request();
        String host = unquoted(exchange.hostAsked());
        boolean forwarding = ForwardTarget.of(request) != null;
        String prefix =
                forwarding ? "" : request.getContextPath() + exchange.route().prefix();
        append(fields, HttpHeader.FORWARDED, new ForwardedElement(peer, host, request.getScheme()).toString());
        append(fields, HttpHeader.X_FORWARDED_FOR, peer);
        setIfAbsent(fields, new HttpField(HttpHeader.X_FORWARDED_PROTO, request.getScheme()));
        setIfAbsent(fields, new HttpField(HttpHeader.X_FORWARDED_HOST, host));
        setIfAbsent(fields, new HttpField(REAL_IP, peer));
        String outer = fields.get(PREFIX);
        if (!prefix.isEmpty()) {
            fields.put(PREFIX, outer == null || outer.equals("/") ? prefix : outer + prefix);
        }
    }

    private void addVia(HttpFields.Mutable fields, String protocol, String pseudonym) {
        if (protocol.equals(HTTP_1_1) && fields.getField(HttpHeader.VIA) == null) {
            fields.add(usualVia.get(pseudonym));
        } else {
            append(fields, HttpHeader.VIA, self.via(protocol, pseudonym));
        }
    }

    private static void remove(HttpFields.Mutable fields) {
        for (ListIterator<HttpField> all = fields.listIterator(); all.hasNext(); ) {
            if (isForwarding(all.next())) {
                all.remove();
            }
        }
    }

    private static boolean isForwarding(HttpField field) {
        String name = field.getName();
        return field.getHeader() == HttpHeader.FORWARDED
                || name.equalsIgnoreCase(REAL_IP)
                || name.regionMatches(true, 0, X_FORWARDED, 0, X_FORWARDED.length());
    }

    /** The container has checked its form, and quotes cannot occur in it; this makes sure of the latter. */
    private static String unquoted(String host) {
        return host.replace("\"", "").replace("\\", "");
    }

    /** Appends to the last field of the name, as one list (RFC 9110 §5.3), so that its place is kept. */
    private static void append(HttpFields.Mutable fields, HttpHeader name, String element) {
        if (fields.getField(name) != null) {
            fields.put(name, String.join(", ", fields.getValuesList(name)) + ", " + element);
        } else {
            fields.add(name, element);
        }
    }

    private static void setIfAbsent(HttpFields.Mutable fields, HttpField field) {
        if (fields.getField(field.getName()) == null) {
            fields.add(field);
        }
    }
}
